import type { BatchStatus, ItemStatus } from '../state/records';
import type { EventType } from '../webhooks/event-types';

/** Where a payout batch can go from where. */
export const BATCH_STATES: Readonly<Record<BatchStatus, readonly BatchStatus[]>> = {
  PENDING: ['PROCESSING'],
  PROCESSING: ['SUCCESS', 'DENIED'],
  SUCCESS: [],
  DENIED: [],
  CANCELED: [],
};

/** Where a payout item can go from where. A paid one may still come back. */
export const ITEM_STATES: Readonly<Record<ItemStatus, readonly ItemStatus[]>> = {
  PENDING: ['SUCCESS', 'UNCLAIMED', 'FAILED', 'BLOCKED', 'ONHOLD'],
  ONHOLD: ['SUCCESS', 'BLOCKED', 'RETURNED'],
  UNCLAIMED: ['SUCCESS', 'RETURNED'],
  SUCCESS: ['REFUNDED', 'REVERSED'],
  RETURNED: [],
  FAILED: [],
  BLOCKED: [],
  REFUNDED: [],
  REVERSED: [],
};

/** Who has the item's money in each state: it moves when the place changes. The fee goes with it until it is earned. */
export const MONEY_IS: Readonly<Record<ItemStatus, 'in-flight' | 'receiver' | 'sender'>> = {
  PENDING: 'in-flight',
  ONHOLD: 'in-flight',
  UNCLAIMED: 'in-flight',
  SUCCESS: 'receiver',
  RETURNED: 'sender',
  FAILED: 'sender',
  BLOCKED: 'sender',
  REFUNDED: 'sender',
  REVERSED: 'sender',
};

/** The event that tells of a state: PayPal's event names differ from its states, and a reversal has none of its own. */
export const ITEM_EVENTS: Readonly<Record<Exclude<ItemStatus, 'PENDING'>, EventType>> = {
  SUCCESS: 'PAYMENT.PAYOUTS-ITEM.SUCCEEDED',
  UNCLAIMED: 'PAYMENT.PAYOUTS-ITEM.UNCLAIMED',
  RETURNED: 'PAYMENT.PAYOUTS-ITEM.RETURNED',
  FAILED: 'PAYMENT.PAYOUTS-ITEM.FAILED',
  BLOCKED: 'PAYMENT.PAYOUTS-ITEM.BLOCKED',
  ONHOLD: 'PAYMENT.PAYOUTS-ITEM.HELD',
  REFUNDED: 'PAYMENT.PAYOUTS-ITEM.REFUNDED',
  REVERSED: 'PAYMENT.PAYOUTS-ITEM.REFUNDED',
};

/** Why an item did not arrive, with PayPal's sentence. */
export const ITEM_ERRORS: Readonly<Record<string, string>> = {
  RECEIVER_UNREGISTERED:
    'Receiver is unregistered. The receiver for this payout does not have an account. A link to sign up for an account was sent to the receiver. However, if the receiver does not claim this payout within 30 days, the funds are returned to your account.',
  RECEIVER_ACCOUNT_INVALID: 'Receiver account is invalid.',
  RECEIVER_ACCOUNT_LOCKED: 'Receiver account is locked. We cannot deposit the funds.',
  SELF_PAY_NOT_ALLOWED: 'Sender and receiver cannot be the same account.',
  RISK_DECLINE: 'This transaction was declined due to risk concerns.',
};

/** Errors for which PayPal denies a batch in which no item is left. */
export const DENYING_ERRORS: ReadonlySet<string> = new Set(['SELF_PAY_NOT_ALLOWED', 'RECEIVER_ACCOUNT_INVALID']);
