import { z } from 'zod';
import { readBody } from '../api/body';
import type { Call } from '../api/call';
import { Refusal } from '../api/refusal';
import { NON_HOLDING, parseAmount } from '../money/amounts';
import type { Money, PayoutItem } from '../state/records';

const RECIPIENT_TYPES = ['EMAIL', 'PHONE', 'PAYPAL_ID'] as const;

/** What a receiver of each type looks like. */
const RECEIVERS: Readonly<Record<PayoutItem['recipientType'], RegExp>> = {
  EMAIL: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  PHONE: /^\+?[\d\s()-]{7,20}$/,
  PAYPAL_ID: /^[2-9A-HJ-NP-Z]{13}$/,
};

const payoutRequest = z.looseObject({
  sender_batch_header: z.looseObject({
    sender_batch_id: z.string().max(256).optional(),
    recipient_type: z.string().max(13).optional(),
    email_subject: z.string().max(255).optional(),
    email_message: z.string().max(1000).optional(),
  }),
  items: z
    .array(
      z.looseObject({
        recipient_type: z.string().max(13).optional(),
        amount: z.looseObject({ currency: z.string().length(3), value: z.union([z.string(), z.number()]) }),
        note: z.string().max(4000).optional(),
        receiver: z.string().min(1).max(127),
        sender_item_id: z.string().max(63).optional(),
        recipient_wallet: z.string().max(36).optional(),
      }),
    )
    .min(1)
    .max(15_000),
});

/** One item that is asked for. */
type ItemRequest = Pick<
  PayoutItem,
  'recipientType' | 'receiver' | 'money' | 'note' | 'senderItemId' | 'recipientWallet'
>;

/** A batch that is asked for: its items all in one currency. */
export interface BatchRequest {
  senderBatchId?: string;
  header: Record<string, string>;
  currency: string;
  items: ItemRequest[];
}

const invalid = (field: string, issue: string): Refusal =>
  new Refusal('VALIDATION_ERROR', [{ field, location: 'body', issue }]);

/** Reads the body of `POST /v1/payments/payouts`, or refuses it in PayPal's words. */
export function readBatchRequest(call: Call): BatchRequest {
  const { sender_batch_header: header, items: requested } = readBody(call, payoutRequest);
  const items = requested.map((item, index): ItemRequest => {
    const field = `items[${index}]`;
    const given = item.recipient_type ?? header.recipient_type ?? 'EMAIL';
    const recipientType = RECIPIENT_TYPES.find((type) => type === given);
    if (!recipientType) throw invalid(`${field}.recipient_type`, 'Recipient type is invalid');
    if (!RECEIVERS[recipientType].test(item.receiver)) {
      throw invalid(`${field}.receiver`, 'Receiver is invalid or does not match with type');
    }
    return {
      recipientType,
      receiver: item.receiver,
      money: readMoney(item.amount, field),
      ...(item.note === undefined ? {} : { note: item.note }),
      ...(item.sender_item_id === undefined ? {} : { senderItemId: item.sender_item_id }),
      ...(item.recipient_wallet === undefined ? {} : { recipientWallet: item.recipient_wallet }),
    };
  });
  const currency = items[0]?.money.currency ?? 'USD';
  if (items.some(({ money }) => money.currency !== currency)) {
    throw invalid('items', 'Multiple currencies within a batch is not allowed');
  }
  const { sender_batch_id: senderBatchId, ...others } = header;
  return {
    ...(senderBatchId ? { senderBatchId } : {}),
    header: Object.fromEntries(
      ['recipient_type', 'email_subject', 'email_message'].flatMap((name) =>
        typeof others[name] === 'string' ? [[name, others[name]]] : [],
      ),
    ),
    currency,
    items,
  };
}

function readMoney({ currency, value }: { currency: string; value: string | number }, field: string): Money {
  if (NON_HOLDING.has(currency)) throw new Refusal('NON_HOLDING_CURRENCY');
  const money = parseAmount(currency, value);
  if (money === 'INVALID_CURRENCY_CODE') throw invalid(`${field}.amount.currency`, 'Currency is invalid');
  if (typeof money === 'string') throw invalid(`${field}.amount.value`, 'Amount is invalid');
  if (money.minor === 0) throw invalid(`${field}.amount.value`, 'Amount should be greater than zero');
  return money;
}
