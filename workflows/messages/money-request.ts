import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Share } from '../../src/domain/money/requests';

/** Workflow type: asking one person, or several, for money until everybody has answered or two weeks have passed. */
export const MONEY_REQUEST = 'moneyRequest';

/** Ids and amounts only. */
export interface MoneyRequestInput {
  requestId: string;
  requesterKey: string;
  shares: { shareId: string; payerKey: string; amount: Share['amount'] }[];
  /** When it was asked, in milliseconds since the epoch. */
  askedAt: number;
}

export type MoneyRequestEnd = 'settled' | 'expired' | 'cancelled';

export interface MoneyRequestResult {
  end: MoneyRequestEnd;
  paid: number;
}

/** What happened to one share. */
export interface ShareNews {
  shareId: string;
  state: 'paid' | 'declined' | 'returned';
}

export const shareSignal = defineSignal<[ShareNews]>('share');
export const cancelRequestSignal = defineSignal<[]>('cancel');
/** The requester asks again by hand; at most once a day reaches people. */
export const remindSignal = defineSignal<[]>('remind');
export const sharesQuery = defineQuery<Share[]>('shares');

export function moneyRequestId(requestId: string): string {
  return `money-request/${requestId}`;
}
