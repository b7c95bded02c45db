import { feesOf, platformOf } from '../money/accounts';
import { IN_FLIGHT, transfer } from '../money/bank';
import { newResourceId } from '../state/ids';
import type { BatchStatus, ItemStatus, PayoutBatch, PayoutItem } from '../state/records';
import type { World } from '../state/world';
import type { EventType } from '../webhooks/event-types';
import { publish } from '../webhooks/publish';
import { BATCH_STATES, DENYING_ERRORS, ITEM_EVENTS, ITEM_STATES, MONEY_IS } from './states';
import { batchResource, itemView } from './views';

/** An unclaimed payout goes back to its sender after 30 days (PayPal, "Track payout item status"). */
const UNCLAIMED_LIFE_MS = 30 * 86_400_000;

/** What becomes of an item: its state, why it failed, who receives it. */
interface Verdict {
  status: Exclude<ItemStatus, 'PENDING'>;
  error?: string;
  payerId?: string;
}

/** What PayPal decides about an item when it processes it. */
function judge(world: World, item: PayoutItem): Verdict {
  const account = item.recipientType === 'PHONE' ? undefined : world.account(item.receiver);
  if (!account || account.role === 'fees' || account.role === 'cards') {
    return item.recipientType === 'PAYPAL_ID'
      ? { status: 'FAILED', error: 'RECEIVER_ACCOUNT_INVALID' }
      : { status: 'UNCLAIMED', error: 'RECEIVER_UNREGISTERED' };
  }
  if (account.payerId === platformOf(world).payerId) return { status: 'FAILED', error: 'SELF_PAY_NOT_ALLOWED' };
  if (account.state === 'restricted') return { status: 'FAILED', error: 'RECEIVER_ACCOUNT_LOCKED' };
  if (account.state === 'closed') return { status: 'FAILED', error: 'RECEIVER_ACCOUNT_INVALID' };
  if (account.reviewed) return { status: 'ONHOLD', payerId: account.payerId };
  return { status: 'SUCCESS', payerId: account.payerId };
}

/**
 * Brings an item into a state: moves its money to where that state has it, and tells about it. `event` replaces the
 * state's own event. Throws if the item cannot go there.
 */
export function moveItem(world: World, item: PayoutItem, { status, error, payerId }: Verdict, event?: EventType): void {
  if (!ITEM_STATES[item.status].includes(status)) throw new Error(`a ${item.status} item cannot become ${status}`);
  const from = MONEY_IS[item.status];
  const to = MONEY_IS[status];
  item.status = status;
  item.processedAt = world.now();
  item.transactionId ??= newResourceId();
  if (payerId !== undefined) item.payerId = payerId;
  if (error === undefined) delete item.error;
  else item.error = error;
  if (status === 'UNCLAIMED') {
    item.returnAt = world.now() + UNCLAIMED_LIFE_MS;
    world.unclaimedItems.add(item.id);
  } else {
    delete item.returnAt;
    world.unclaimedItems.delete(item.id);
  }
  world.items.set(item.id, item);
  if (from !== to) moveMoney(world, item, from, to);
  publish(world, {
    type: event ?? ITEM_EVENTS[status],
    about: item.transactionId,
    summary: `A payout item has ${status === 'SUCCESS' ? 'succeeded' : `become ${status.toLowerCase()}`}`,
    resource: itemView(world, item),
  });
}

function moveMoney(world: World, item: PayoutItem, from: string, to: string): void {
  const sender = platformOf(world).payerId;
  const receiver = (): string => {
    if (item.payerId === undefined) throw new Error(`the item ${item.id} has no receiver`);
    return item.payerId;
  };
  const fee = { ...item.money, minor: item.feeMinor };
  const reference = item.id;
  if (from === 'in-flight' && to === 'receiver') {
    transfer(world, { from: IN_FLIGHT, to: receiver(), money: item.money, why: 'Payout', reference });
    transfer(world, { from: IN_FLIGHT, to: feesOf(world).payerId, money: fee, why: 'Payout fee', reference });
  } else if (from === 'in-flight') {
    const money = { ...item.money, minor: item.money.minor + item.feeMinor };
    transfer(world, { from: IN_FLIGHT, to: sender, money, why: 'Payout returned', reference });
  } else {
    // Paid and taken back: PayPal keeps its fee, and the receiver may end below zero.
    const back = { from: receiver(), to: sender, money: item.money, reference };
    transfer(world, { ...back, why: 'Payout taken back', overdraw: true });
  }
}

function moveBatch(world: World, batch: PayoutBatch, to: BatchStatus): void {
  if (!BATCH_STATES[batch.status].includes(to)) throw new Error(`a ${batch.status} batch cannot become ${to}`);
  batch.status = to;
  world.batches.set(batch.id, batch);
}

const tellOfBatch = (world: World, batch: PayoutBatch, type: EventType, words: string): void => {
  publish(world, { type, about: batch.id, summary: `Payouts batch ${words}.`, resource: batchResource(world, batch) });
};

function settle(world: World, batch: PayoutBatch): void {
  const items = batch.itemIds.flatMap((id) => world.items.get(id) ?? []);
  const verdicts = items.map((item) => ({ item, verdict: judge(world, item) }));
  const denied = verdicts.every(({ verdict }) => verdict.error !== undefined && DENYING_ERRORS.has(verdict.error));
  batch.completedAt = world.now();
  for (const { item, verdict } of verdicts) moveItem(world, item, verdict);
  moveBatch(world, batch, denied ? 'DENIED' : 'SUCCESS');
  world.openBatches.delete(batch.id);
  // A denied batch does not hold its id: the sender may use it again.
  if (denied && batch.senderBatchId !== undefined) world.senderBatches.delete(batch.senderBatchId);
  if (denied) tellOfBatch(world, batch, 'PAYMENT.PAYOUTSBATCH.DENIED', 'got denied');
  else tellOfBatch(world, batch, 'PAYMENT.PAYOUTSBATCH.SUCCESS', 'completed successfully');
}

/** Lets time work on payouts: batches are processed and settled, unclaimed money goes back. */
export function settleDuePayouts(world: World): void {
  const now = world.now();
  for (const id of world.openBatches) {
    const batch = world.batches.get(id);
    if (!batch) continue;
    if (batch.status === 'PENDING' && batch.processAt <= now) {
      moveBatch(world, batch, 'PROCESSING');
      tellOfBatch(world, batch, 'PAYMENT.PAYOUTSBATCH.PROCESSING', 'is being processed');
    }
    if (batch.status === 'PROCESSING' && batch.settleAt <= now) settle(world, batch);
  }
  for (const id of world.unclaimedItems) {
    const item = world.items.get(id);
    if (item?.returnAt === undefined || item.returnAt > now) break;
    moveItem(world, item, { status: 'RETURNED' });
  }
}

/** Somebody opens an account: what was sent to the address before is theirs. */
export function claimPayouts(world: World, payerId: string): void {
  const { email } = world.accountOf(payerId);
  for (const id of world.unclaimedItems) {
    const item = world.items.get(id);
    if (item?.recipientType === 'EMAIL' && item.receiver.toLowerCase() === email.toLowerCase()) {
      moveItem(world, item, { status: 'SUCCESS', payerId });
    }
  }
}
