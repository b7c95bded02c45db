import { z } from 'zod';
import type { Charge, Refund, RefundRequest } from '../../../domain/money/wallet';
import { ProviderFailure } from '../../../domain/outcomes';
import { pathOf } from '../transport/http';
import type { PayPalHttp } from '../transport/http';
import { linkedId, links, money, writeMoney } from './shapes';

/** A capture as Orders v2 and Payments v2 show it. */
export const capture = z.object({
  id: z.string().min(1),
  status: z.string(),
  amount: money,
  invoice_id: z.string().optional(),
  seller_receivable_breakdown: z.object({ paypal_fee: money.optional() }).optional(),
  supplementary_data: z.object({ related_ids: z.object({ order_id: z.string().optional() }).optional() }).optional(),
  links,
});

/** See {@link capture}. */
export type Capture = z.infer<typeof capture>;

/**
 * A capture's own status decides; its order can be COMPLETED with a capture that is not. REFUNDED and
 * PARTIALLY_REFUNDED are missing on purpose: money that went back by hand must not be paid out on, so a person decides.
 */
const CHARGE_STATES: Readonly<Record<string, Charge['state']>> = {
  COMPLETED: 'completed',
  PENDING: 'pending',
  DECLINED: 'declined',
  FAILED: 'declined',
};

const REFUND_STATES: Readonly<Record<string, Refund['state']>> = {
  COMPLETED: 'completed',
  PENDING: 'pending',
  FAILED: 'failed',
  CANCELLED: 'failed',
};

/** @throws ProviderFailure `unknown` for a state that is neither taken, nor under way, nor certainly not taken. */
export function chargeOf(
  orderId: string,
  { id, status, amount, invoice_id, seller_receivable_breakdown }: Capture,
): Charge {
  const state = CHARGE_STATES[status];
  if (!state) throw new ProviderFailure('unknown', 'refused', { providerCode: `CAPTURE/${status}` });
  const fee = seller_receivable_breakdown?.paypal_fee ?? { minor: 0, currency: amount.currency };
  return {
    orderId,
    captureId: id,
    state,
    gross: amount,
    fee,
    ...(invoice_id !== undefined && { paymentId: invoice_id }),
  };
}

/** The charge behind a capture's id, as it is now. @throws ProviderFailure `final`/`not-found` for an unknown id. */
export async function readCharge(http: PayPalHttp, captureId: string): Promise<Charge> {
  const found = await http.call({
    method: 'GET',
    path: pathOf`/v2/payments/captures/${captureId}`,
    effect: 'reads',
    answer: capture,
  });
  const orderId = found.supplementary_data?.related_ids?.order_id ?? linkedId(found.links, 'up', '/orders/');
  if (orderId === undefined) {
    throw new ProviderFailure('retry', 'unavailable', { providerCode: 'CAPTURE/NO_ORDER' });
  }
  return chargeOf(orderId, found);
}

/**
 * Gives an amount of a capture back. The key works for 45 days.
 * @throws ProviderFailure `already-done` when nothing of the capture is left to give back.
 */
export async function refundCapture(http: PayPalHttp, { captureId, key, amount }: RefundRequest): Promise<Refund> {
  const made = await http.call({
    method: 'POST',
    path: pathOf`/v2/payments/captures/${captureId}/refund`,
    key,
    whole: true,
    effect: 'moves',
    body: { amount: writeMoney(amount) },
    answer: z.object({ id: z.string().min(1), status: z.string() }),
  });
  const state = REFUND_STATES[made.status];
  if (!state) throw new ProviderFailure('unknown', 'refused', { providerCode: `REFUND/${made.status}` });
  return { refundId: made.id, state };
}
