import type { ChargeResult, Conclusion } from '../activities/money/results';
import { KEY_LIFE_MS } from '../src/domain/money/wallet';
import type { Payout } from '../src/domain/money/wallet';
import type { WalletEvent } from '../src/domain/money/wallet-events';
import type { PaymentEnd, PaymentInput, PaymentResult, PaymentStatus, Verdict } from './messages/payment';
import { PAYOUT_ACTIVITY_ID, settleUpdate, statusQuery, walletEventSignal } from './messages/payment';
import { condition, isCancellation, log, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import { lookUp, moneyCall, step } from './proxies';
import { transition } from './transition';

const charge = moneyCall('charge', 'Take the amount from the payer', { attempt: '20s', keyLife: KEY_LIFE_MS.charge });
const findCharge = lookUp('findCharge', 'Look for the charge whose answer never came');
// The webhook completes it; without one, each attempt that times out looks the payout up again. Waiting costs nothing.
const payOut = moneyCall('payOut', 'Send the amount to the payee', { attempt: '1m', activityId: PAYOUT_ACTIVITY_ID });
const takeBack = moneyCall('cancelPayout', 'Take back what nobody has claimed', { attempt: '20s' });
const refund = moneyCall('refund', 'Give the amount back to the payer', {
  attempt: '20s',
  keyLife: KEY_LIFE_MS.refund,
});
const conclude = step('concludePayment', 'Record the outcome and tell both people');

/**
 * We take unclaimed money back a day before PayPal would by itself after 30 (Payouts, unclaimed payouts), so that one
 * side alone decides when the payer is told.
 */
const CLAIM_WITHIN = '29 days';

/** The first and, unless a failure was proven, only attempt of each money step. */
const FIRST_EPOCH = 1;

/** One payment: charge the payer, pay the payee, and give the money back when the payee is known not to get it. */
export async function payment(input: PaymentInput): Promise<PaymentResult> {
  return new PaymentRun(input).toTheEnd();
}

class PaymentRun {
  private status: PaymentStatus = 'charging';
  private verdict: Verdict | undefined;
  private claim: Payout | undefined;
  private readonly beganAt = Date.now();

  constructor(private readonly input: PaymentInput) {
    setHandler(statusQuery, () => this.status);
    setHandler(settleUpdate, (verdict) => this.settle(verdict), { validator: (_verdict) => this.mayBeSettled() });
    setHandler(walletEventSignal, (event) => this.hear(event));
    setDefaultSignalHandler((name) => log.warn('a signal that a payment does not know', { name }));
  }

  async toTheEnd(): Promise<PaymentResult> {
    this.show('charging', 'Taking the amount from the payer');
    const taken = await this.takeFromPayer();
    if (taken.state === 'declined') return this.end('declined', { reason: taken.reason });

    this.show('paying-out', 'Sending the amount to the payee');
    let payout = await payOut(this.step());
    if (payout.state === 'unclaimed') payout = await this.waitForClaim(payout);
    if (payout.state === 'paid') return this.end('paid', { payout });

    this.show('refunding', 'The payee cannot be paid; giving the amount back');
    await this.giveBack();
    return this.end('refunded', { payout });
  }

  private async takeFromPayer(): Promise<ChargeResult> {
    try {
      return await charge({ ...this.step(), at: this.beganAt });
    } catch (failure) {
      if (isCancellation(failure)) throw failure;
      return this.findOutWhetherTaken();
    }
  }

  /** The provider has forgotten the key, so repeating the charge could take the money twice. Only looking is left. */
  private async findOutWhetherTaken(): Promise<ChargeResult> {
    this.show('charging', 'No answer to the charge; looking it up at the provider');
    try {
      return await findCharge(this.step());
    } catch (failure) {
      if (isCancellation(failure)) throw failure;
      const verdict = await this.askOperator('Was the payer charged? Settle with charge: taken or not-taken');
      return verdict.charge === 'taken' ? { state: 'captured' } : { state: 'declined', reason: 'timed-out' };
    }
  }

  private async waitForClaim(payout: Payout): Promise<Payout> {
    this.show('unclaimed', 'Waiting for the payee to claim the amount');
    await conclude({ ...this.step(), status: 'unclaimed', payout });
    await condition(() => this.claim !== undefined, CLAIM_WITHIN, { summary: 'Until unclaimed money is taken back' });
    return this.claim ?? (await takeBack(this.step()));
  }

  private async giveBack(): Promise<void> {
    try {
      await refund(this.step());
    } catch (failure) {
      if (isCancellation(failure)) throw failure;
      await this.askOperator('Give the amount back by hand. Settle with refund: given-back');
    }
  }

  private async askOperator(question: string): Promise<Verdict> {
    this.status = 'needs-operator';
    transition({ details: question, waitingOn: 'operator' });
    await conclude({ ...this.step(), status: 'needs-operator' });
    await condition(() => this.verdict !== undefined);
    const verdict = this.verdict as Verdict;
    this.verdict = undefined;
    transition({ details: `Settled by ${verdict.operator}`, waitingOn: 'nobody' });
    return verdict;
  }

  private async end(status: PaymentEnd, facts: Pick<Conclusion, 'payout' | 'reason'>): Promise<PaymentResult> {
    this.show(status, `Ended: ${status}`);
    await conclude({ ...this.step(), status, ...facts });
    return { end: status };
  }

  private step(): { paymentId: string; epoch: number; amount: PaymentInput['amount'] } {
    return { paymentId: this.input.paymentId, epoch: FIRST_EPOCH, amount: this.input.amount };
  }

  private show(status: PaymentStatus, details: string): void {
    this.status = status;
    transition({ details });
  }

  private hear(event: WalletEvent): void {
    if (event.kind !== 'payout') return;
    if (event.payout.state === 'paid' || event.payout.state === 'returned') this.claim = event.payout;
  }

  private settle(verdict: Verdict): PaymentStatus {
    this.verdict = verdict;
    return this.status;
  }

  private mayBeSettled(): void {
    if (this.status !== 'needs-operator') {
      throw ApplicationFailure.nonRetryable('This payment waits for no verdict', 'closed');
    }
  }
}
