import type { Payment } from '../../src/store';
import type { Dependencies } from '../dependencies';
import type { Conclusion } from '../money/results';

/**
 * What the end of a payment means for the share that it pays: paid, or open to be answered again. The request is told
 * only of what is paid; a request that has ended meanwhile needs to hear nothing.
 */
export async function settleShare(
  { store, gateway }: Pick<Dependencies, 'store' | 'gateway'>,
  { shareId, paymentId }: Payment,
  status: Conclusion['status'],
): Promise<void> {
  if (!shareId) return;
  if (status === 'declined' || status === 'refunded' || status === 'cancelled') {
    await store.requests.moveShare(shareId, ['paying'], 'asked', paymentId);
  }
  if (status !== 'paid' || !(await store.requests.moveShare(shareId, ['paying'], 'paid', paymentId))) return;
  const found = await store.requests.ofShare(shareId);
  if (found)
    await gateway.tellMoneyRequest(found.request.requestId, { kind: 'share', news: { shareId, state: 'paid' } });
}
