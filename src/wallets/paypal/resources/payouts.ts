import { z } from 'zod';
import type { Money } from '../../../domain/money/amounts';
import type { Payout, PayoutRequest, PayoutState } from '../../../domain/money/wallet';
import { ProviderFailure } from '../../../domain/outcomes';
import { pathOf } from '../transport/http';
import type { PayPalHttp } from '../transport/http';
import { payoutMoney, sameMoney, writePayoutMoney } from './shapes';

/** A payout item as the batch, the item itself and the events about it show it. */
export const payoutItem = z.object({
  payout_item_id: z.string().min(1),
  payout_batch_id: z.string().min(1),
  transaction_status: z.string().optional(),
  payout_item_fee: payoutMoney.optional(),
  payout_item: z.object({ amount: payoutMoney, sender_item_id: z.string().optional() }),
  errors: z.object({ name: z.string().optional() }).optional(),
});

/** See {@link payoutItem}. */
export type PayoutItem = z.infer<typeof payoutItem>;

/**
 * Item statuses of Payouts v1. PayPal's page about them writes ON_HOLD and has DENIED besides. REFUNDED is the payee
 * sending it back, REVERSED is PayPal taking it back.
 */
const ITEM_STATES: Readonly<Record<string, PayoutState>> = {
  PENDING: 'pending',
  ONHOLD: 'held',
  ON_HOLD: 'held',
  UNCLAIMED: 'unclaimed',
  SUCCESS: 'paid',
  FAILED: 'failed',
  BLOCKED: 'failed',
  DENIED: 'failed',
  RETURNED: 'returned',
  REFUNDED: 'reversed',
  REVERSED: 'reversed',
};

/** The only two batch states that say something about the money: none of the items was sent. */
const REFUSED_BATCH_STATES = ['DENIED', 'CANCELED'];

const batchHeader = z.object({ payout_batch_id: z.string().min(1), batch_status: z.string() });
const batch = z.object({
  batch_header: batchHeader.extend({ amount: payoutMoney.optional() }),
  items: z.array(payoutItem).optional(),
});

/** Longest note to a payee: PayPal takes 1,000 characters that are not ASCII (Payouts v1, `note`). */
const MAX_NOTE_LENGTH = 1_000;

/**
 * Sends one item in a batch of its own. PayPal refuses a `sender_batch_id` it has seen within 30 days and links to the
 * batch that carries it; that batch is then read instead. (`PayPal-Request-Id` does not guard payouts.)
 * A batch that was denied frees its id.
 */
export async function payOut(http: PayPalHttp, request: PayoutRequest): Promise<Payout> {
  const batchId = await createOrAdopt(http, request);
  if (batchId.fresh)
    return { batchId: batchId.id, state: 'pending', amount: request.amount, fee: none(request.amount) };
  const found = await readBatch(http, batchId.id).catch(inDoubt);
  if (found.item && found.item.payout_item.sender_item_id !== request.paymentId)
    throw anothers('BATCH/ANOTHER_PAYMENT');
  const payout = payoutOfBatch(found, request.amount);
  if (!sameMoney(payout.amount, request.amount)) throw anothers('BATCH/ANOTHER_AMOUNT');
  return payout;
}

/**
 * The payout of a batch as it is now.
 * @throws ProviderFailure `retry`/`in-progress` while PayPal shows neither item nor amount.
 */
export async function findPayout(http: PayPalHttp, batchId: string): Promise<Payout> {
  return payoutOfBatch(await readBatch(http, batchId));
}

/** Takes an unclaimed item back. @throws ProviderFailure `already-done` when it came back before. */
export async function cancelPayout(http: PayPalHttp, itemId: string): Promise<Payout> {
  const item = await http.call({
    method: 'POST',
    path: pathOf`/v1/payments/payouts-item/${itemId}/cancel`,
    effect: 'moves',
    answer: payoutItem,
  });
  return payoutOfItem(item);
}

/** The item in our words. An unknown status is not final, so it counts as pending and is named. */
export function payoutOfItem(item: PayoutItem, state = ITEM_STATES[item.transaction_status ?? 'PENDING']): Payout {
  const { amount } = item.payout_item;
  const providerCode = item.errors?.name ?? (state === undefined ? `ITEM/${item.transaction_status}` : undefined);
  return {
    batchId: item.payout_batch_id,
    itemId: item.payout_item_id,
    state: state ?? 'pending',
    amount,
    fee: item.payout_item_fee ?? none(amount),
    ...(providerCode !== undefined && { providerCode }),
  };
}

/** A batch that is there, as PayPal has just said, and cannot be read: that refuses nothing, least of all the payout. */
function inDoubt(error: unknown): never {
  const refused = error instanceof ProviderFailure && ['final', 'needs-person'].includes(error.outcome);
  throw refused ? new ProviderFailure('unknown', 'duplicate', error.detail) : error;
}

async function createOrAdopt(http: PayPalHttp, request: PayoutRequest): Promise<{ id: string; fresh: boolean }> {
  try {
    const { batch_header: made } = await http.call({
      method: 'POST',
      path: '/v1/payments/payouts',
      effect: 'moves',
      body: {
        sender_batch_header: { sender_batch_id: request.key, email_subject: 'You received a payment' },
        items: [
          {
            ...receiverOf(request.receiver),
            amount: writePayoutMoney(request.amount),
            sender_item_id: request.paymentId,
            recipient_wallet: 'PAYPAL',
            ...(request.note !== undefined && { note: request.note.slice(0, MAX_NOTE_LENGTH) }),
          },
        ],
      },
      answer: z.object({ batch_header: batchHeader }),
    });
    return { id: made.payout_batch_id, fresh: made.batch_status === 'PENDING' };
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.outcome !== 'already-done') throw error;
    const { existing } = error.detail;
    if (existing === undefined) throw new ProviderFailure('unknown', 'duplicate', error.detail);
    return { id: existing, fresh: false };
  }
}

function receiverOf(receiver: PayoutRequest['receiver']): { recipient_type: string; receiver: string } {
  switch (receiver.kind) {
    case 'account':
      return { recipient_type: 'PAYPAL_ID', receiver: receiver.payerId };
    case 'email':
      return { recipient_type: 'EMAIL', receiver: receiver.email };
    case 'phone':
      return { recipient_type: 'PHONE', receiver: receiver.phone };
  }
}

interface Batch {
  id: string;
  status: string;
  amount?: Money;
  item?: PayoutItem;
}

async function readBatch(http: PayPalHttp, batchId: string): Promise<Batch> {
  const { batch_header: header, items } = await http.call({
    method: 'GET',
    path: pathOf`/v1/payments/payouts/${batchId}`,
    effect: 'reads',
    answer: batch,
  });
  const item = items?.[0];
  return {
    id: header.payout_batch_id,
    status: header.batch_status,
    ...(header.amount && { amount: header.amount }),
    ...(item && { item }),
  };
}

function payoutOfBatch({ id, status, amount, item }: Batch, expected?: Money): Payout {
  if (REFUSED_BATCH_STATES.includes(status) && item) {
    return { providerCode: `BATCH/${status}`, ...payoutOfItem(item, 'failed') };
  }
  if (item) return payoutOfItem(item);
  const sum = amount ?? expected;
  if (!sum) throw new ProviderFailure('retry', 'in-progress', { providerCode: `BATCH/${status}` });
  const refused = REFUSED_BATCH_STATES.includes(status);
  return {
    batchId: id,
    state: refused ? 'failed' : 'pending',
    amount: sum,
    fee: none(sum),
    ...(refused && { providerCode: `BATCH/${status}` }),
  };
}

function none({ currency }: Money): Money {
  return { minor: 0, currency };
}

function anothers(providerCode: string): ProviderFailure {
  return new ProviderFailure('unknown', 'duplicate', { providerCode });
}
