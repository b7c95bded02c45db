import { CancellationScope, condition, setHandler } from '@temporalio/workflow';
import type { Conclusion } from '../activities/money/results';
import { HOLD_AT_MOST_MS } from '../src/domain/money/cases';
import type { Payout } from '../src/domain/money/wallet';
import type { WalletEvent } from '../src/domain/money/wallet-events';
import type { PaymentEnd, PaymentInput, PaymentResult, PaymentStatus, Wish } from './messages/payment';
import { drainUpdate, holdUpdate, releaseUpdate } from './messages/payment';
import { handOver, recordRelease } from './payment/calls';
import { takeFromPayer } from './payment/charging';
import { giveBackToPayer } from './payment/giving-back';
import { MoneyRun } from './payment/money-run';
import { payToPayee } from './payment/paying-out';

/**
 * One payment: charge the payer, pay the payee, and give the money back when the payee is known not to get it. Asking
 * Temporal to cancel it is the same wish as the Update: nothing about money is ever cut off in the middle.
 */
export async function payment(input: PaymentInput): Promise<PaymentResult> {
  const run = new PaymentRun(input).listen();
  return CancellationScope.nonCancellable(() => run.toTheEnd());
}

/** Why a charge is not made that nobody has declined: the account was gone, or frozen, before it began. */
const CANCELS: ReadonlySet<string> = new Set(['consent-revoked', 'unlinked', 'frozen']);

class PaymentRun extends MoneyRun {
  private readonly beganAt = Date.now();
  private nextSafePoint: 'charge' | 'payout' | undefined = 'charge';
  private holdWish: Wish | undefined;
  private drained = false;
  private ended = false;
  private readonly afterTheEnd: WalletEvent[] = [];

  constructor(input: PaymentInput) {
    super(input, 'charging');
  }

  override listen(): this {
    const validator = (_wish: Wish): void => this.refuseUnless(this.nextSafePoint !== undefined);
    setHandler(holdUpdate, (wish) => this.hold(wish), { validator });
    setHandler(drainUpdate, (_wish) => this.drain(), { validator });
    setHandler(releaseUpdate, (_wish) => this.release(), {
      validator: (_wish) => this.refuseUnless(this.holdWish !== undefined),
    });
    CancellationScope.current().cancelRequested.catch(() => this.mayBeCancelled() && this.cancel({ by: 'operator' }));
    return super.listen();
  }

  async toTheEnd(): Promise<PaymentResult> {
    if (!(await this.passes('charge'))) return this.end('cancelled');
    this.show('charging', 'Taking the amount from the payer');
    const taken = await takeFromPayer(this, this.beganAt);
    if (taken.state === 'declined') {
      return this.end(CANCELS.has(taken.reason) ? 'cancelled' : 'declined', { reason: taken.reason });
    }

    if (!(await this.passes('payout'))) return this.giveBack();
    this.show('paying-out', 'Sending the amount to the payee');
    const payout = await payToPayee(this);
    if (payout.state === 'paid')
      return this.end('paid', { payout, ...(this.cancelWish && { reason: 'claimed-first' }) });
    return this.giveBack(payout);
  }

  /** A point at which money is in one place and nothing is under way: here a payment can wait, and be stopped. */
  private async passes(before: 'charge' | 'payout'): Promise<boolean> {
    if (this.holdWish) await this.wait(before, this.holdWish);
    this.nextSafePoint = before === 'charge' ? 'payout' : undefined;
    if (this.cancelWish) return false;
    // Nothing was taken: ending soon means not to begin. Afterwards it means to go through with it.
    return before === 'charge' ? !this.drained : !this.heard.reversal;
  }

  private async wait(before: 'charge' | 'payout', { by }: Wish): Promise<void> {
    this.show('held', `Held by ${by} before the ${before}`);
    await this.conclude('held', { by });
    const decided = (): boolean => !this.holdWish || this.drained || this.cancelWish !== undefined;
    if (!(await condition(decided, HOLD_AT_MOST_MS, { summary: 'Until the hold ends by itself' }))) this.drained = true;
    this.holdWish = undefined;
    await recordRelease({ ...this.step(), before, at: Date.now() });
  }

  private async giveBack(payout?: Payout): Promise<PaymentResult> {
    const { reversed } = await giveBackToPayer(this);
    return this.end('refunded', { payout, reversed, reason: reversed ? 'reversed' : this.whyBack(payout) });
  }

  private whyBack(payout: Payout | undefined): string {
    if (this.cancelWish) return payout ? 'undone' : 'cancelled';
    if (payout?.state === 'reversed') return 'sent-back';
    return payout?.state === 'returned' ? 'unclaimed' : 'not-paid';
  }

  private async end(status: PaymentEnd, facts: Partial<Conclusion> = {}): Promise<PaymentResult> {
    this.ended = true;
    this.show(status, `Ended: ${status}`);
    await this.conclude(status, facts);
    // The provider took back what the payee has by now: not this payment's affair any more.
    if (status === 'paid' && this.heard.reversal) this.afterTheEnd.push(this.heard.reversal);
    while (this.afterTheEnd[0]) await handOver({ ...this.step(), event: this.afterTheEnd.shift() as WalletEvent });
    return { end: status };
  }

  protected override hear(event: WalletEvent): void {
    if (this.ended) this.afterTheEnd.push(event);
    else super.hear(event);
  }

  private hold(wish: Wish): PaymentStatus {
    this.holdWish = wish;
    return this.status;
  }

  private release(): PaymentStatus {
    this.holdWish = undefined;
    return this.status;
  }

  private drain(): PaymentStatus {
    this.drained = true;
    return this.status;
  }
}
