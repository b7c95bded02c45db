import { linkNewPerson, logInAnew } from '../world/people/browser';
import { wordsOf } from '../world/people/phone';
import type { Phone } from '../world/people/phone';
import { eventually } from '../world/waiting';
import { centsOf, totalsOf } from './simulator';
import type { Stack } from './stack';

/** Longer than the minute after which an attempt whose worker died is made again, in milliseconds. */
const PAID_WITHIN_MS = 120_000;

/** Two people who send each other money, and what they had before. */
export class Friends {
  private constructor(
    private readonly stack: Stack,
    private readonly payer: Party,
    private readonly payee: Party,
    private readonly totals: unknown,
  ) {}

  /** Two new people with linked accounts. */
  static async meet(stack: Stack, payerName: string, payeeName: string): Promise<Friends> {
    const payer = await party(stack, payerName);
    const payee = await party(stack, payeeName);
    return new Friends(stack, payer, payee, await totalsOf(stack.paypal));
  }

  /** The payer orders, confirms and approves, as new people have to; gives once the payment has begun. */
  async pay(dollars: string): Promise<void> {
    const { phone, email } = this.payer;
    const card = await phone.hears(/Confirm/, await phone.says(`send $${dollars} to ${this.payee.email}`));
    const asked = await phone.hears(/Approve payment/, (await phone.taps(card, 'Confirm')).since);
    const browser = await logInAnew(phone, asked, 'Approve payment', email);
    await browser.press('Approve');
    if (!browser.text.includes('On its way')) throw new Error(`Approve was answered with ${browser.text}`);
  }

  /** Waits until both have heard of this payment. */
  async bothHear(dollars: string): Promise<void> {
    await eventually(
      `both hear of $${dollars}`,
      async () => {
        const { payer, payee } = await this.told(dollars);
        return payer > 0 && payee > 0;
      },
      PAID_WITHIN_MS,
    );
  }

  /** How often each was told that this payment has arrived. */
  async told(dollars: string): Promise<{ payer: number; payee: number }> {
    return {
      payer: await heard(this.payer.phone, new RegExp(`You sent \\$${dollars} .*has arrived`)),
      payee: await heard(this.payee.phone, new RegExp(`sent you \\$${dollars}`)),
    };
  }

  /** What has moved since they met, in cents, and whether money was made or lost anywhere. */
  async moved(): Promise<{ payer: number; payee: number; totalsChanged: boolean }> {
    const { paypal } = this.stack;
    return {
      payer: (await centsOf(paypal, this.payer.email)) - this.payer.cents,
      payee: (await centsOf(paypal, this.payee.email)) - this.payee.cents,
      totalsChanged: JSON.stringify(await totalsOf(paypal)) !== JSON.stringify(this.totals),
    };
  }
}

interface Party {
  readonly phone: Phone;
  readonly email: string;
  readonly cents: number;
}

async function party(stack: Stack, name: string): Promise<Party> {
  const { phone, email } = await linkNewPerson(stack, name, '100.00');
  return { phone, email, cents: await centsOf(stack.paypal, email) };
}

async function heard(phone: Phone, words: RegExp): Promise<number> {
  return (await phone.heardSince(0)).filter((message) => words.test(wordsOf(message))).length;
}
