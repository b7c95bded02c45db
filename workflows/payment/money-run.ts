import { condition, log, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import type { Conclusion, MoneyStep } from '../../activities/money/results';
import type { Money } from '../../src/domain/money/amounts';
import { QUESTIONS } from '../../src/domain/money/cases';
import type { Proof, Question, Verdict } from '../../src/domain/money/verdicts';
import { ANSWERS } from '../../src/domain/money/verdicts';
import type { Payout, PayoutState } from '../../src/domain/money/wallet';
import type { WalletEvent } from '../../src/domain/money/wallet-events';
import type { PaymentStatus, Wish } from '../messages/payment';
import { cancelUpdate, settleUpdate, statusQuery, walletEventSignal } from '../messages/payment';
import { transition } from '../transition';
import { conclude } from './calls';

/** The first and, unless a failure was proven, only attempt of each money step. */
const FIRST_EPOCH = 1;

/** A payout only ever rises: whatever comes late and says less is ignored. */
const RANK: Record<PayoutState, number> = {
  pending: 0,
  held: 1,
  unclaimed: 2,
  failed: 3,
  returned: 3,
  paid: 3,
  reversed: 4,
};

/** What the provider told by itself. */
export interface Heard {
  payout?: Payout;
  /** A charge of this payment that is decided. */
  captureId?: string;
  /** The provider took the charge back and gave it to the payer. */
  reversal?: Extract<WalletEvent, { kind: 'charge-returned' }>;
}

/** Whether a payout has come to where either the payee or we have the amount. */
export function isFinal({ state }: Payout): boolean {
  return RANK[state] >= RANK.paid;
}

/** What every run about the money of one payment does: show where it stands, hear the provider, ask an operator. */
export class MoneyRun {
  readonly heard: Heard = {};
  protected cancelWish: Wish | undefined;
  private question: Question | undefined;
  private readonly verdicts: Verdict[] = [];

  constructor(
    private readonly payment: { paymentId: string; amount: Money },
    protected status: PaymentStatus,
  ) {}

  /** Begins to take messages: before the first wait, and after everything that they change is there. */
  listen(): this {
    setHandler(statusQuery, () => this.status);
    setHandler(cancelUpdate, (wish) => this.cancel(wish), {
      validator: (_wish) => this.refuseUnless(this.mayBeCancelled()),
    });
    setHandler(settleUpdate, (verdict) => this.settle(verdict), {
      validator: ({ proven }) => this.refuseUnless(this.openProofs().includes(proven)),
    });
    setHandler(walletEventSignal, (event) => this.hear(event));
    setDefaultSignalHandler((name) => log.warn('a signal that a payment does not know', { name }));
    return this;
  }

  step(): MoneyStep {
    return { paymentId: this.payment.paymentId, epoch: FIRST_EPOCH, amount: this.payment.amount };
  }

  show(status: PaymentStatus, details: string): void {
    this.status = status;
    transition({ details });
  }

  /** Whether what is on its way to the payee shall come back as long as nobody has claimed it. */
  wantsBack(): boolean {
    return this.cancelWish !== undefined || this.heard.reversal !== undefined;
  }

  async conclude(status: Conclusion['status'], facts: Partial<Conclusion> = {}): Promise<void> {
    await conclude({ ...this.step(), at: Date.now(), status, ...facts });
  }

  /**
   * Waits for an operator's verdict, or for the provider to answer after all; then gives nothing. The question is a case
   * with a deadline, and nothing is done before it is answered.
   */
  async ask(question: Question, answered: () => boolean = () => false): Promise<Verdict | undefined> {
    this.question = question;
    this.status = 'needs-operator';
    transition({ details: QUESTIONS[question], waitingOn: 'operator' });
    await this.conclude('needs-operator', { question });
    await condition(() => this.verdicts.length > 0 || answered());
    this.question = undefined;
    const verdict = this.verdicts.shift();
    transition({
      details: verdict ? `Settled by ${verdict.operator}` : 'The provider has answered',
      waitingOn: 'nobody',
    });
    return verdict;
  }

  /** What a verdict may say at this moment. */
  protected openProofs(): readonly Proof[] {
    return this.question && this.verdicts.length === 0 ? ANSWERS[this.question] : [];
  }

  protected settle(verdict: Verdict): PaymentStatus {
    this.verdicts.push(verdict);
    return this.status;
  }

  /** Until it is known that nothing was taken, until it is paid out, and while nobody has claimed it. */
  protected mayBeCancelled(): boolean {
    return ['charging', 'held', 'unclaimed'].includes(this.status) || this.question === 'charge';
  }

  protected cancel(wish: Wish): PaymentStatus {
    this.cancelWish = wish;
    return this.status;
  }

  protected hear(event: WalletEvent): void {
    const { heard } = this;
    switch (event.kind) {
      case 'payout':
        if (!heard.payout || RANK[event.payout.state] >= RANK[heard.payout.state]) heard.payout = event.payout;
        return;
      case 'charge':
        if (event.state !== 'pending') heard.captureId = event.captureId;
        return;
      case 'charge-returned':
        heard.reversal = event;
        return;
      default:
        return;
    }
  }

  protected refuseUnless(possible: boolean): void {
    if (!possible) throw ApplicationFailure.nonRetryable('Not possible where the payment stands', 'closed');
  }
}
