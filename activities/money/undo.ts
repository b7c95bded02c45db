import type { UndonePayment } from '../../src/domain/chat/results';
import type { PaymentState } from '../../src/store';
import { Refused } from '../../src/temporal/gateway';
import type { Dependencies } from '../dependencies';

/** States of a payment that runs, so that it can be asked. */
const RUNNING: ReadonlySet<PaymentState> = new Set(['started', 'charged', 'held', 'paid-out', 'unclaimed']);

/** The payer's wish to have it back. Whether that is still possible is for the payment to say, and then for PayPal. */
export function createUndo({ store, gateway }: Pick<Dependencies, 'store' | 'gateway'>): {
  undoPayment(request: { payerKey: string; paymentId: string }): Promise<UndonePayment>;
} {
  return {
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
