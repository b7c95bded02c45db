import { ProviderFailure } from '../../src/domain/outcomes';
import type { Payout } from '../../src/domain/money/wallet';
import type { Post } from '../chat/post';
import type { Dependencies } from '../dependencies';
import { notFound } from '../failures';
import { payoutIds } from './payout';
import type { MoneyStep } from './results';

/** What is done while money waits to be claimed. */
export function createUnclaimed(
  { store, wallet }: Pick<Dependencies, 'store' | 'wallet'>,
  post: Post,
): { remindOfUnclaimed(reminder: MoneyStep & { day: number }): Promise<Payout | undefined> } {
  return {
    /**
     * Reminds the payer, unless the provider says that the money was claimed or came back meanwhile and its event was
     * lost: then it gives that. A provider who does not answer does not keep the payer waiting.
     */
    async remindOfUnclaimed({ paymentId, day }): Promise<Payout | undefined> {
      const payment = await store.payments.find(paymentId);
      const { batchId } = await payoutIds(store, paymentId);
      if (!payment || batchId === undefined) throw notFound('the payout');
      const payout = await wallet.findPayout(batchId).catch(nothing);
      if (payout && payout.state !== 'unclaimed') return payout;
      await post.say({
        personKey: payment.payerKey,
        cause: `${paymentId}:unclaimed:day-${day}`,
        speaker: 'notice',
        messages: [{ key: 'payment.unclaimed-reminder', ids: { paymentId } }],
      });
      return undefined;
    },
  };
}

function nothing(error: unknown): undefined {
  if (!(error instanceof ProviderFailure)) throw error;
}
