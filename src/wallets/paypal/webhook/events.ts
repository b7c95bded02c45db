import { z } from 'zod';
import type { PayoutState } from '../../../domain/money/wallet';
import type { ReceivedWalletEvent, WalletEvent } from '../../../domain/money/wallet-events';
import { parseJson } from '../refusal';
import { payoutItem, payoutOfItem } from '../resources/payouts';
import { linkedId, links, money } from '../resources/shapes';
import { WebhookRefused } from './refused';

type Reader = (resource: unknown) => WalletEvent | undefined;

const envelope = z.object({
  id: z.string().min(1).max(200),
  event_type: z.string().min(1).max(200),
  create_time: z.string().optional(),
  resource: z.unknown(),
});

/**
 * PayPal's event names and what each tells us. Names differ from statuses: SUCCEEDED is SUCCESS, HELD is ONHOLD. A name
 * that is not here, or whose resource lacks what identifies it, is an event of no consequence.
 */
const READERS: Readonly<Record<string, Reader>> = {
  'PAYMENT.CAPTURE.COMPLETED': charge('completed'),
  'PAYMENT.CAPTURE.PENDING': charge('pending'),
  'PAYMENT.CAPTURE.DECLINED': charge('declined'),
  'PAYMENT.CAPTURE.DENIED': charge('declined'),
  'PAYMENT.CAPTURE.REFUNDED': chargeReturned('refund'),
  'PAYMENT.CAPTURE.REVERSED': chargeReturned('reversal'),
  'PAYMENT.PAYOUTS-ITEM.SUCCEEDED': payout('paid'),
  'PAYMENT.PAYOUTS-ITEM.UNCLAIMED': payout('unclaimed'),
  'PAYMENT.PAYOUTS-ITEM.HELD': payout('held'),
  'PAYMENT.PAYOUTS-ITEM.RETURNED': payout('returned'),
  'PAYMENT.PAYOUTS-ITEM.CANCELED': payout('returned'),
  'PAYMENT.PAYOUTS-ITEM.FAILED': payout('failed'),
  'PAYMENT.PAYOUTS-ITEM.BLOCKED': payout('failed'),
  'PAYMENT.PAYOUTS-ITEM.DENIED': payout('failed'),
  'PAYMENT.PAYOUTS-ITEM.REFUNDED': payout('reversed'),
  'PAYMENT.PAYOUTS-ITEM.REVERSED': payout('reversed'),
  'CUSTOMER.DISPUTE.CREATED': dispute('opened'),
  'CUSTOMER.DISPUTE.UPDATED': dispute('updated'),
  'CUSTOMER.DISPUTE.RESOLVED': dispute('resolved'),
  'VAULT.PAYMENT-TOKEN.DELETED': vaultEnded,
  'VAULT.PAYMENT-TOKEN.DELETION-INITIATED': vaultEnded,
  'IDENTITY.AUTHORIZATION-CONSENT.REVOKED': loginRevoked,
};

/**
 * Reads the body of a verified delivery.
 * @param receivedAt stands in for the event's own time, in milliseconds since the epoch, where it has none.
 * @throws WebhookRefused `malformed` when it is no event at all
 */
export function readEvent(body: Buffer, receivedAt: number): ReceivedWalletEvent {
  const parsed = envelope.safeParse(parseJson(body));
  if (!parsed.success) throw new WebhookRefused('malformed', 'not an event');
  const { id, event_type: name, create_time: createdAt, resource } = parsed.data;
  const at = Date.parse(createdAt ?? '');
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  return { id, at: Number.isNaN(at) ? receivedAt : at, event: reader?.(resource) ?? { kind: 'other', name } };
}

function charge(state: Extract<WalletEvent, { kind: 'charge' }>['state']): Reader {
  return read(
    z.object({ id: z.string().min(1), invoice_id: z.string().optional(), custom_id: z.string().optional() }),
    ({ id, invoice_id, custom_id }) => {
      const paymentId = invoice_id ?? custom_id;
      return paymentId === undefined ? undefined : { kind: 'charge', paymentId, captureId: id, state };
    },
  );
}

/** The resource is the refund, with the capture as the link `up`, or the capture itself. */
function chargeReturned(by: 'refund' | 'reversal'): Reader {
  const resource = z.object({
    id: z.string().min(1),
    amount: money.optional().catch(undefined),
    invoice_id: z.string().optional(),
    custom_id: z.string().optional(),
    links: links.catch(undefined),
  });
  return read(resource, ({ id, amount, invoice_id, custom_id, links: relatives }) => {
    const paymentId = invoice_id ?? custom_id;
    return {
      kind: 'charge-returned',
      captureId: linkedId(relatives, 'up', '/captures/') ?? id,
      by,
      ...(paymentId !== undefined && { paymentId }),
      ...(amount && { amount }),
    };
  });
}

function payout(state: PayoutState): Reader {
  return read(payoutItem, (item) => {
    const paymentId = item.payout_item.sender_item_id;
    return paymentId === undefined ? undefined : { kind: 'payout', paymentId, payout: payoutOfItem(item, state) };
  });
}

function dispute(state: Extract<WalletEvent, { kind: 'dispute' }>['state']): Reader {
  const resource = z.object({
    dispute_id: z.string().min(1),
    disputed_transactions: z.array(z.object({ seller_transaction_id: z.string().optional() })).optional(),
  });
  return read(resource, ({ dispute_id: disputeId, disputed_transactions: transactions }) => ({
    kind: 'dispute',
    disputeId,
    captureIds: (transactions ?? []).flatMap(({ seller_transaction_id: id }) => (id === undefined ? [] : [id])),
    state,
  }));
}

function vaultEnded(resource: unknown): WalletEvent | undefined {
  const source = z.object({ paypal: z.object({ payer_id: z.string().optional() }).optional() });
  const token = z.object({ id: z.string().min(1), payment_source: source.optional().catch(undefined) });
  return read(token, ({ id, payment_source }) => {
    const payerId = payment_source?.paypal?.payer_id;
    return { kind: 'consent-revoked', token: id, ...(payerId !== undefined && { payerId }) };
  })(resource);
}

/** PayPal's page names `merchant_id`; deliveries have been seen with `payer_id`. */
function loginRevoked(resource: unknown): WalletEvent | undefined {
  const consent = z.object({ payer_id: z.string().optional(), merchant_id: z.string().optional() });
  return read(consent, ({ payer_id, merchant_id }) => {
    const payerId = payer_id ?? merchant_id;
    return payerId === undefined ? undefined : { kind: 'consent-revoked', payerId };
  })(resource);
}

function read<Resource>(schema: z.ZodType<Resource>, event: (resource: Resource) => WalletEvent | undefined): Reader {
  return (resource) => {
    const parsed = schema.safeParse(resource);
    return parsed.success ? event(parsed.data) : undefined;
  };
}
