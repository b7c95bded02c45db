import type { UndonePayment } from '../../src/domain/chat/results';
import type { Payout } from '../../src/domain/money/wallet';
import { ProviderFailure } from '../../src/domain/outcomes';
import type { PaymentState } from '../../src/store';
import { Refused } from '../../src/temporal/gateway';
import type { Post } from '../chat/post';
import type { Dependencies } from '../dependencies';
import { notFound } from '../failures';
import { payoutId } from './payout';
import type { MoneyStep } from './results';

/** States of a payment that runs, so that it can be asked. */
const RUNNING: ReadonlySet<PaymentState> = new Set(['started', 'charged', 'held', 'paid-out', 'unclaimed']);

/** What is done while money waits to be claimed. */
export function createUnclaimed(
  { store, wallet, gateway }: Pick<Dependencies, 'store' | 'wallet' | 'gateway'>,
  post: Post,
): {
  remindOfUnclaimed(reminder: MoneyStep & { day: number }): Promise<Payout | undefined>;
  undoPayment(request: { payerKey: string; paymentId: string }): Promise<UndonePayment>;
} {
  return {
    /**
     * Reminds the payer, unless the provider says that the money was claimed or came back meanwhile and its event was
     * lost: then it gives that. A provider who does not answer does not keep the payer waiting.
     */
    async remindOfUnclaimed({ paymentId, day }): Promise<Payout | undefined> {
      const payment = await store.payments.find(paymentId);
      const batchId = await payoutId(store, paymentId, 'batchId');
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

    /** The payer wants it back. Whether that is still possible is for the payment to say, and then for the provider. */
    async undoPayment({ payerKey, paymentId }): Promise<UndonePayment> {
      const payment = await store.payments.find(paymentId);
      if (payment?.payerKey !== payerKey) return 'void';
      if (!RUNNING.has(payment.state)) return 'too-late';
      try {
        await gateway.askPayment(paymentId, 'cancel', { by: 'payer' });
        return 'undoing';
      } catch (error) {
        if (error instanceof Refused) return 'too-late';
        throw error;
      }
    },
  };
}

function nothing(error: unknown): undefined {
  if (!(error instanceof ProviderFailure)) throw error;
}
