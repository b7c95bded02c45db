import type { Payment } from '../../src/store';
import type { Dependencies } from '../dependencies';
import type { Conclusion } from '../money/results';

/**
 * What the end of a payment means for the share that it pays: paid, or open to be answered again; and for the share that
 * it sends back: gone back, or still paid. The request is told only of what is paid; a request that has ended meanwhile
 * needs to hear nothing.
 */
export async function settleShare(
  { store, gateway }: Pick<Dependencies, 'store' | 'gateway'>,
  { shareId, sendsBack, paymentId }: Payment,
  status: Conclusion['status'],
): Promise<void> {
  const nothingSent = status === 'declined' || status === 'refunded' || status === 'cancelled';
  if (sendsBack && nothingSent) await store.requests.endSendBack(paymentId, 'paid');
  if (sendsBack && status === 'paid') await store.requests.endSendBack(paymentId, 'returned');
  if (!shareId) return;
  if (nothingSent) {
    await store.requests.moveShare(shareId, ['paying'], 'asked', paymentId);
  }
  if (status !== 'paid' || !(await store.requests.moveShare(shareId, ['paying'], 'paid', paymentId))) return;
  const found = await store.requests.ofShare(shareId);
  if (found)
    await gateway.tellMoneyRequest(found.request.requestId, { kind: 'share', news: { shareId, state: 'paid' } });
}
