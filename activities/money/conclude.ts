import type { TextKey } from '../../src/domain/chat/say';
import type { Payment, PaymentState, Store } from '../../src/store';
import type { Dependencies } from '../dependencies';
import type { Post } from '../chat/post';
import { notFound } from '../failures';
import { settleShare } from '../requests/settle-share';
import { paidOut, payoutReturned } from './ledger';
import type { Conclusion } from './results';

/** From which states each outcome may be reached; a lower state never overwrites a higher one. */
const REACHED_FROM: Record<Conclusion['status'], PaymentState[]> = {
  declined: ['started', 'needs-operator'],
  unclaimed: ['charged', 'paid-out', 'needs-operator'],
  paid: ['charged', 'paid-out', 'unclaimed', 'needs-operator'],
  refunded: ['charged', 'paid-out', 'unclaimed', 'refunding', 'needs-operator'],
  cancelled: ['started'],
  'needs-operator': ['started', 'charged', 'paid-out', 'unclaimed', 'refunding'],
};

/** Outcomes after which the payer has the money: it no longer counts against any limit. */
const TOOK_NOTHING: ReadonlySet<Conclusion['status']> = new Set(['declined', 'refunded', 'cancelled']);

/** What the payer hears of each outcome, in this order. */
const TOLD_TO_PAYER: Record<Conclusion['status'], TextKey[]> = {
  paid: ['payment.paid-payer', 'payment.receipt'],
  unclaimed: ['payment.unclaimed-payer'],
  declined: ['payment.declined'],
  refunded: ['payment.refunded'],
  cancelled: ['payment.cancelled'],
  'needs-operator': ['payment.with-operator'],
};

/**
 * Records how a payment ended, or that it waits to be claimed, with its ledger, and tells both people. Everything is
 * keyed by payment and outcome, so a repetition changes and says nothing twice.
 */
export function createConclusion(
  { store, gateway }: Pick<Dependencies, 'store' | 'gateway'>,
  post: Post,
): { concludePayment(conclusion: Conclusion): Promise<void> } {
  return {
    async concludePayment(conclusion: Conclusion): Promise<void> {
      const { paymentId, status } = conclusion;
      const payment = await store.payments.find(paymentId);
      if (!payment) throw notFound('the payment');
      await store.transaction((tx) => write(tx, conclusion, payment));
      await settleShare({ store, gateway }, payment, status);
      await post.say({
        personKey: payment.payerKey,
        cause: `${paymentId}:${status}:payer`,
        speaker: 'notice',
        messages: TOLD_TO_PAYER[status].map((key) => ({ key, ids: { paymentId } })),
      });
      if (status === 'paid' && payment.payeeKey) {
        await post.say({
          personKey: payment.payeeKey,
          cause: `${paymentId}:${status}:payee`,
          speaker: 'notice',
          messages: [{ key: 'payment.paid-payee', ids: { paymentId } }],
        });
      }
    },
  };
}

async function write(
  tx: Store,
  { paymentId, epoch, status, payout, reason }: Conclusion,
  payment: Payment,
): Promise<void> {
  await tx.payments.move(paymentId, REACHED_FROM[status], status, { reason });
  if (status === 'paid') await tx.limits.commit(paymentId);
  if (TOOK_NOTHING.has(status)) await tx.limits.release(paymentId);
  if (!payout) return;
  const left = status === 'paid' || status === 'unclaimed';
  if (left) {
    const providerIds = { batchId: payout.batchId, ...(payout.itemId ? { itemId: payout.itemId } : {}) };
    await tx.payments.stepDone({ paymentId, step: 'payout', epoch, providerIds });
    await tx.ledger.record({ paymentId, step: 'payout', epoch, entries: paidOut(payout) });
  } else {
    await tx.payments.stepFailed({ paymentId, step: 'payout', epoch, state: 'failed' });
    // Only what had left, and was recorded so while it waited to be claimed, can have come back.
    const hadLeft = (await tx.ledger.entriesOf(paymentId)).some((entry) => entry.step === 'payout');
    if (hadLeft) await tx.ledger.record({ paymentId, step: 'payout-returned', epoch, entries: payoutReturned(payout) });
  }
  if (status !== 'paid' || !payment.payeeEmail || !payment.payeeName) return;
  await tx.contacts.remember({
    ownerKey: payment.payerKey,
    email: payment.payeeEmail,
    name: payment.payeeName,
    personKey: payment.payeeKey,
  });
  await tx.contacts.paid(payment.payerKey, payment.payeeEmail);
}
