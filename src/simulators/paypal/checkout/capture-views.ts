import { amountV2 } from '../money/amounts';
import type { Capture, Refund } from '../state/records';
import { isoTime } from '../state/world';
import type { World } from '../state/world';

const withId = (name: string, id: string | undefined): Record<string, string> =>
  id === undefined ? {} : { [name]: id };

/** A capture as Orders v2 shows it inside an order. */
export function captureInOrder(world: World, capture: Capture): Record<string, unknown> {
  const { id, status, reason, money, feeMinor, orderId } = capture;
  const { baseUrl } = world.settings;
  const self = `${baseUrl}/v2/payments/captures/${id}`;
  return {
    id,
    status,
    ...(reason === undefined ? {} : { status_details: { reason } }),
    amount: amountV2(money),
    final_capture: true,
    ...(capture.processorCode === undefined ? {} : { processor_response: { response_code: capture.processorCode } }),
    seller_protection: {
      status: 'ELIGIBLE',
      dispute_categories: ['ITEM_NOT_RECEIVED', 'UNAUTHORIZED_TRANSACTION'],
    },
    ...(status === 'PENDING' || status === 'DECLINED'
      ? {}
      : {
          seller_receivable_breakdown: {
            gross_amount: amountV2(money),
            paypal_fee: amountV2({ ...money, minor: feeMinor }),
            net_amount: amountV2({ ...money, minor: money.minor - feeMinor }),
          },
        }),
    ...withId('invoice_id', capture.invoiceId),
    ...withId('custom_id', capture.customId),
    create_time: isoTime(capture.createdAt),
    update_time: isoTime(capture.updatedAt),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/refund`, rel: 'refund', method: 'POST' },
      { href: `${baseUrl}/v2/checkout/orders/${orderId}`, rel: 'up', method: 'GET' },
    ],
  };
}

/** A capture as Payments v2 shows it, and as events carry it. */
export function captureView(world: World, capture: Capture): Record<string, unknown> {
  const payee = world.accountOf(capture.payeeId);
  return {
    ...captureInOrder(world, capture),
    payee: { email_address: payee.email, merchant_id: payee.payerId },
    supplementary_data: { related_ids: { order_id: capture.orderId } },
  };
}

/** A refund in full. PayPal keeps its fee of the capture, so the payee bears the whole amount. */
export function refundView(world: World, refund: Refund): Record<string, unknown> {
  const { money, note } = refund;
  return {
    ...minimalRefundView(world, refund),
    amount: amountV2(money),
    ...withId('invoice_id', refund.invoiceId),
    ...withId('custom_id', refund.customId),
    ...(note === undefined ? {} : { note_to_payer: note }),
    seller_payable_breakdown: {
      gross_amount: amountV2(money),
      paypal_fee: amountV2({ ...money, minor: 0 }),
      net_amount: amountV2(money),
      total_refunded_amount: amountV2({ ...money, minor: refund.totalMinor }),
    },
    create_time: isoTime(refund.createdAt),
    update_time: isoTime(refund.createdAt),
  };
}

/** A refund as it is answered by default: id, status and links. */
export function minimalRefundView(world: World, { id, captureId }: Refund): Record<string, unknown> {
  const { baseUrl } = world.settings;
  return {
    id,
    status: 'COMPLETED',
    links: [
      { href: `${baseUrl}/v2/payments/refunds/${id}`, rel: 'self', method: 'GET' },
      { href: `${baseUrl}/v2/payments/captures/${captureId}`, rel: 'up', method: 'GET' },
    ],
  };
}
