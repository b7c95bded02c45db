import { maskedEmail } from '../../domain/people/masked';
import type { PayDependencies } from './router';
import type { PaymentView } from './pages';
import { notFound } from '../problem';

/** The payment as it was written down for its card. */
export async function paymentView(
  { store, shownAmount }: Pick<PayDependencies, 'store' | 'shownAmount'>,
  paymentId: string,
): Promise<PaymentView> {
  const payment = await store.payments.find(paymentId);
  const link = payment && (await store.links.latest(payment.payerKey));
  if (!payment || !link) throw notFound('There is no such payment.');
  const card = payment.sourceId === undefined ? undefined : await store.sources.find(payment.sourceId);
  return {
    amount: shownAmount(payment.amount),
    payeeName: payment.payeeName ?? 'Somebody',
    // Who is paid by phone number has no other name than the number, masked.
    payeeAddress: payment.payeeEmail === undefined ? '' : maskedEmail(payment.payeeEmail),
    source: card?.label ?? `PayPal ${maskedEmail(link.email)}`,
    note: payment.note,
  };
}
