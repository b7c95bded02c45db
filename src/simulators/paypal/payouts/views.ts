import { amountV1 } from '../money/amounts';
import type { Money, PayoutBatch, PayoutItem } from '../state/records';
import { isoTime } from '../state/world';
import type { World } from '../state/world';
import { newDebugId } from '../state/ids';
import { ITEM_ERRORS } from './states';

const batchAddress = (world: World, id: string): string => `${world.settings.baseUrl}/v1/payments/payouts/${id}`;

const senderHeader = ({ senderBatchId, header }: PayoutBatch): Record<string, string> =>
  senderBatchId === undefined ? header : { sender_batch_id: senderBatchId, ...header };

/** The answer to a new batch. */
export function newBatchView(world: World, batch: PayoutBatch): Record<string, unknown> {
  return {
    batch_header: {
      payout_batch_id: batch.id,
      batch_status: batch.status,
      sender_batch_header: senderHeader(batch),
    },
    links: [{ href: batchAddress(world, batch.id), rel: 'self', method: 'GET', encType: 'application/json' }],
  };
}

/** A batch's header in full, with what it moves and what it costs. */
function batchHeader(world: World, batch: PayoutBatch): Record<string, unknown> {
  const items = batch.itemIds.flatMap((id) => world.items.get(id) ?? []);
  const sum = (part: (item: PayoutItem) => number): Money => ({
    currency: batch.currency,
    minor: items.reduce((total, item) => total + part(item), 0),
  });
  return {
    payout_batch_id: batch.id,
    batch_status: batch.status,
    time_created: isoTime(batch.createdAt),
    ...(batch.completedAt === undefined ? {} : { time_completed: isoTime(batch.completedAt) }),
    sender_batch_header: senderHeader(batch),
    funding_source: 'BALANCE',
    amount: amountV1(sum(({ money }) => money.minor)),
    fees: amountV1(sum(({ feeMinor }) => feeMinor)),
  };
}

/** What events about a batch carry: no word of its items. */
export function batchResource(world: World, batch: PayoutBatch): Record<string, unknown> {
  return {
    batch_header: batchHeader(world, batch),
    links: [{ href: batchAddress(world, batch.id), rel: 'self', method: 'GET' }],
  };
}

/** An item as it is listed in its batch, and as events carry it. */
export function itemView(world: World, item: PayoutItem): Record<string, unknown> {
  const { money, note, senderItemId, recipientWallet, error } = item;
  return {
    payout_item_id: item.id,
    ...(item.transactionId === undefined ? {} : { transaction_id: item.transactionId }),
    transaction_status: item.status,
    payout_item_fee: amountV1({ ...money, minor: item.feeMinor }),
    payout_batch_id: item.batchId,
    payout_item: {
      recipient_type: item.recipientType,
      amount: amountV1(money),
      ...(note === undefined ? {} : { note }),
      receiver: item.receiver,
      ...(senderItemId === undefined ? {} : { sender_item_id: senderItemId }),
      ...(recipientWallet === undefined ? {} : { recipient_wallet: recipientWallet }),
    },
    ...(item.processedAt === undefined ? {} : { time_processed: isoTime(item.processedAt) }),
    ...(error === undefined
      ? {}
      : {
          errors: {
            name: error,
            message: ITEM_ERRORS[error] ?? error,
            debug_id: newDebugId(),
            information_link: 'https://developer.paypal.com/docs/api/payments.payouts-batch/#errors',
            details: [],
            links: [],
          },
        }),
    links: [
      { href: `${world.settings.baseUrl}/v1/payments/payouts-item/${item.id}`, rel: 'item', method: 'GET' },
      { href: batchAddress(world, item.batchId), rel: 'batch', method: 'GET' },
    ],
  };
}

/** An item by itself: as in its batch, with the sender's id of the batch. */
export function singleItemView(world: World, item: PayoutItem): Record<string, unknown> {
  const senderBatchId = world.batches.get(item.batchId)?.senderBatchId;
  return { ...itemView(world, item), ...(senderBatchId === undefined ? {} : { sender_batch_id: senderBatchId }) };
}

/** One page of a batch. */
export function batchView(world: World, batch: PayoutBatch, page: number, pageSize: number): Record<string, unknown> {
  const ids = batch.itemIds.slice((page - 1) * pageSize, page * pageSize);
  return {
    total_items: batch.itemIds.length,
    total_pages: Math.max(1, Math.ceil(batch.itemIds.length / pageSize)),
    batch_header: batchHeader(world, batch),
    items: ids.flatMap((id) => world.items.get(id) ?? []).map((item) => itemView(world, item)),
    links: [{ href: batchAddress(world, batch.id), rel: 'self', method: 'GET' }],
  };
}
