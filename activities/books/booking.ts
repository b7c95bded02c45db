import type { Money } from '../../src/domain/money/amounts';
import type { Payout, PayoutState } from '../../src/domain/money/wallet';
import type { RecordedEntry, Store } from '../../src/store';
import { paidOut, payoutReturned, refunded } from './ledger';
import type { MoneyStep } from '../money/results';

/** States in which the amount has left our balance. */
const HAS_LEFT: ReadonlySet<PayoutState> = new Set(['paid', 'unclaimed', 'held']);

/**
 * Books what a payout's state says, within the caller's transaction: that it left, or that it came back. What is booked
 * once stays as it was booked: a later answer that differs is for the nightly comparison to find.
 */
export async function bookPayout(tx: Store, step: MoneyStep, payout: Payout): Promise<void> {
  const { paymentId, epoch } = step;
  const booked = await tx.ledger.entriesOf(paymentId);
  const has = (name: string): boolean => booked.some((entry) => entry.step === name && entry.epoch === epoch);
  if (HAS_LEFT.has(payout.state)) {
    const providerIds = { batchId: payout.batchId, ...(payout.itemId ? { itemId: payout.itemId } : {}) };
    await tx.payments.stepDone({ paymentId, step: 'payout', epoch, providerIds });
    if (!has('payout')) await tx.ledger.record({ paymentId, step: 'payout', epoch, entries: paidOut(payout) });
    return;
  }
  await tx.payments.stepFailed({ paymentId, step: 'payout', epoch, state: 'failed' });
  // Only what had left, and was recorded so, can have come back.
  if (!has('payout') || has('payout-returned')) return;
  const entries = payoutReturned(step.amount, payout.state === 'reversed' ? none(step.amount) : feeOf(booked, epoch));
  await tx.ledger.record({ paymentId, step: 'payout-returned', epoch, entries });
}

/** Books that the provider took the charge back from us and gave it to the payer. Repeatable. */
export async function bookReversal(tx: Store, { paymentId, epoch, amount }: MoneyStep): Promise<void> {
  await tx.ledger.record({ paymentId, step: 'reversal', epoch, entries: refunded(amount) });
}

function feeOf(booked: readonly RecordedEntry[], epoch: number): Money {
  const fee = booked.find((entry) => entry.step === 'payout' && entry.epoch === epoch && entry.account === 'fees');
  return fee?.amount ?? none({ minor: 0, currency: booked[0]?.amount.currency ?? 'USD' });
}

function none({ currency }: Money): Money {
  return { minor: 0, currency };
}
