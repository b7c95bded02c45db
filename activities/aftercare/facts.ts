import type { PaymentState } from '../../src/store';
import type { Dependencies } from '../dependencies';
import { notFound } from '../failures';
import type { Facts } from '../money/results';

const ENDED: ReadonlySet<PaymentState> = new Set(['replaced', 'cancelled', 'paid', 'declined', 'refunded', 'reversed']);

/** What is written down about a payment, as proof: an intent may have had its effect, and what is booked has. */
export function createFacts({ store }: Pick<Dependencies, 'store'>): {
  findFacts(subject: { paymentId: string }): Promise<Facts>;
} {
  return {
    async findFacts({ paymentId }): Promise<Facts> {
      const payment = await store.payments.find(paymentId);
      if (!payment) throw notFound('the payment');
      const steps = await store.payments.stepsOf(paymentId);
      const booked = new Set((await store.ledger.entriesOf(paymentId)).map(({ step }) => step));
      const intended = (name: string): boolean => steps.some(({ step }) => step === name);
      return {
        amount: payment.amount,
        ended: ENDED.has(payment.state),
        chargeIntended: intended('charge'),
        captured: booked.has('charge'),
        payoutIntended: intended('payout'),
        refundIntended: intended('refund'),
        refunded: booked.has('refund'),
        reversed: booked.has('reversal'),
        paidOut: booked.has('payout') && !booked.has('payout-returned'),
      };
    },
  };
}
