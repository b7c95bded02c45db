import type { Call, Operation } from '../api/call';
import { Refusal } from '../api/refusal';
import { platformOf } from '../money/accounts';
import { balanceOf, IN_FLIGHT, transfer } from '../money/bank';
import { payoutFee } from '../money/fees';
import { newPayoutId } from '../state/ids';
import type { PayoutBatch, PayoutItem } from '../state/records';
import type { World } from '../state/world';
import { readBatchRequest } from './request';
import type { BatchRequest } from './request';
import { moveItem } from './settlement';
import { refusalOfNote, statusOfTestBatch } from './test-values';
import { batchView, newBatchView, singleItemView } from './views';

/** A `sender_batch_id` is taken for 30 days (Payouts v1 specification). */
const SENDER_BATCH_LIFE_MS = 30 * 86_400_000;

const LARGEST_PAGE = 1000;

const notFound = (): Refusal => new Refusal('INVALID_RESOURCE_ID');

/** PayPal's guard against paying twice: not the request id, the sender's own id of the batch. */
function refuseDuplicate(world: World, { senderBatchId }: BatchRequest): void {
  const taken = senderBatchId === undefined ? undefined : world.senderBatches.get(senderBatchId);
  if (!taken || taken.at + SENDER_BATCH_LIFE_MS <= world.now()) return;
  const href = `${world.settings.baseUrl}/v1/payments/payouts/${taken.batchId}`;
  throw new Refusal('USER_BUSINESS_ERROR', [
    {
      field: 'SENDER_BATCH_ID',
      location: 'body',
      issue: 'Batch with given sender_batch_id already exists',
      link: [{ href, rel: 'self', method: 'GET' }],
    },
  ]);
}

/** Takes amount and fee of every item off the platform's balance and lets the batch wait for its turn. */
function accept(world: World, request: BatchRequest): PayoutBatch {
  const sender = platformOf(world);
  const { settleAfterMs } = world.settings;
  const now = world.now();
  const batch: PayoutBatch = {
    id: newPayoutId(),
    status: 'PENDING',
    ...(request.senderBatchId === undefined ? {} : { senderBatchId: request.senderBatchId }),
    header: request.header,
    currency: request.currency,
    itemIds: [],
    createdAt: now,
    processAt: now + settleAfterMs / 2,
    settleAt: now + settleAfterMs,
  };
  const feeMinor = payoutFee(request.currency);
  for (const asked of request.items) {
    const item: PayoutItem = {
      ...asked,
      id: newPayoutId(),
      batchId: batch.id,
      status: 'PENDING',
      feeMinor,
      createdAt: now,
    };
    world.items.set(item.id, item);
    batch.itemIds.push(item.id);
    const money = { ...item.money, minor: item.money.minor + feeMinor };
    transfer(world, { from: sender.payerId, to: IN_FLIGHT, money, why: 'Payout with fee', reference: item.id });
  }
  world.batches.set(batch.id, batch);
  world.openBatches.add(batch.id);
  if (batch.senderBatchId !== undefined) world.senderBatches.set(batch.senderBatchId, { batchId: batch.id, at: now });
  return batch;
}

const createPayout: Operation = {
  method: 'POST',
  path: '/v1/payments/payouts',
  dialect: 'payouts',
  access: 'app',
  run(world, call) {
    const request = readBatchRequest(call);
    const tested = refusalOfNote(request.items[0]?.note);
    if (tested) throw tested;
    refuseDuplicate(world, request);
    const sender = platformOf(world);
    if (sender.state === 'restricted') throw new Refusal('SENDER_RESTRICTED');
    if (sender.state === 'closed') throw new Refusal('SENDER_LOCKED');
    const fee = payoutFee(request.currency);
    const needed = request.items.reduce((total, { money }) => total + money.minor + fee, 0);
    if (balanceOf(sender, request.currency) < needed) throw new Refusal('INSUFFICIENT_FUNDS');
    return { status: 201, body: newBatchView(world, accept(world, request)) };
  },
};

function pageOf(call: Call): { page: number; pageSize: number } {
  const number = (name: string, otherwise: number, most: number): number => {
    const value = Number(call.query[name] ?? otherwise);
    return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : otherwise;
  };
  return {
    page: number('page', 1, Number.MAX_SAFE_INTEGER),
    pageSize: number('page_size', LARGEST_PAGE, LARGEST_PAGE),
  };
}

const getPayout: Operation = {
  method: 'GET',
  path: '/v1/payments/payouts/{id}',
  dialect: 'payouts',
  access: 'app',
  run(world, call) {
    const id = call.params['id'] ?? '';
    const batch = world.batches.get(id);
    const { page, pageSize } = pageOf(call);
    if (batch) return { status: 200, body: batchView(world, batch, page, pageSize) };
    const status = statusOfTestBatch(id);
    if (status)
      return {
        status: 200,
        body: { batch_header: { payout_batch_id: id, batch_status: status, sender_batch_header: {} } },
      };
    throw notFound();
  },
};

const itemOf = (world: World, call: Call): PayoutItem => {
  const item = world.items.get(call.params['payout_item_id'] ?? '');
  if (!item) throw notFound();
  return item;
};

const getItem: Operation = {
  method: 'GET',
  path: '/v1/payments/payouts-item/{payout_item_id}',
  dialect: 'payouts',
  access: 'app',
  run: (world, call) => ({ status: 200, body: singleItemView(world, itemOf(world, call)) }),
};

const cancelItem: Operation = {
  method: 'POST',
  path: '/v1/payments/payouts-item/{payout_item_id}/cancel',
  dialect: 'payouts',
  access: 'app',
  run(world, call) {
    const item = itemOf(world, call);
    if (item.status === 'PENDING') throw new Refusal('BATCH_NOT_COMPLETED');
    if (item.status === 'RETURNED') throw new Refusal('ITEM_ALREADY_CANCELLED');
    if (item.status !== 'UNCLAIMED') throw new Refusal('ITEM_INCORRECT_STATUS');
    moveItem(world, item, { status: 'RETURNED' }, 'PAYMENT.PAYOUTS-ITEM.CANCELED');
    return { status: 200, body: singleItemView(world, item) };
  },
};

export const PAYOUT_OPERATIONS: readonly Operation[] = [createPayout, getPayout, getItem, cancelItem];
