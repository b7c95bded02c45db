/** An amount inside the simulator: integer minor units (cents for USD, whole yen for JPY). */
export interface Money {
  currency: string;
  minor: number;
}

/** What PayPal lets an account do. `restricted` and `closed` accounts can neither be charged nor be paid. */
export type AccountState = 'ok' | 'restricted' | 'closed';

/** Somebody who has money at PayPal. Times here and below are simulated milliseconds since the epoch. */
export interface Account {
  payerId: string;
  email: string;
  name: string;
  country: string;
  /**
   * `platform`: the business that calls the API. `fees`: what PayPal has earned. `cards`: the other side of everything
   * that cards bring and get back; it owes what they brought, so that no money is made.
   */
  role: 'person' | 'platform' | 'fees' | 'cards';
  state: AccountState;
  /** Charges of this account stay PENDING (PENDING_REVIEW) until somebody decides. */
  reviewed: boolean;
  /** Minor units per currency. */
  balances: Record<string, number>;
  createdAt: number;
}

/** Money going from one place to another. `in-flight` is money that has left one account and not reached the next. */
export interface Movement {
  id: string;
  at: number;
  from: string;
  to: string;
  currency: string;
  minor: number;
  /** What for, in words a person understands. */
  why: string;
  /** Id of the capture, refund or payout item. */
  reference: string;
}

export type OrderStatus = 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED' | 'VOIDED';

/** One purchase unit: what was sent, with a normalised amount, and who gets the money. */
export interface PurchaseUnit {
  referenceId: string;
  money: Money;
  payeeId: string;
  customId?: string;
  invoiceId?: string;
  /** The other fields as they were sent (description, items, shipping, breakdown), given back unchanged. */
  echo: Record<string, unknown>;
  captureId?: string;
}

export interface Order {
  id: string;
  status: OrderStatus;
  units: PurchaseUnit[];
  /** `approve`: created without a payment source; `payer-action`: with a wallet; `vault`: charged at once. */
  flow: 'approve' | 'payer-action' | 'vault';
  payerId?: string;
  /** The test card that paid, where one did. */
  cardId?: string;
  returnUrl?: string;
  cancelUrl?: string;
  brand?: string;
  createdAt: number;
  updatedAt: number;
}

export type CaptureStatus = 'COMPLETED' | 'PENDING' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';

export interface Capture {
  id: string;
  orderId: string;
  payerId: string;
  payeeId: string;
  status: CaptureStatus;
  reason?: 'PENDING_REVIEW' | 'CHARGEBACK';
  /** The bank's answer for a card that it declined. */
  processorCode?: string;
  money: Money;
  feeMinor: number;
  refundedMinor: number;
  refundCount: number;
  customId?: string;
  invoiceId?: string;
  createdAt: number;
  updatedAt: number;
}

export interface Refund {
  id: string;
  captureId: string;
  kind: 'refund' | 'reversal';
  money: Money;
  /** All that was refunded of the capture, this refund included. */
  totalMinor: number;
  customId?: string;
  invoiceId?: string;
  note?: string;
  createdAt: number;
}

export type BatchStatus = 'PENDING' | 'PROCESSING' | 'SUCCESS' | 'DENIED' | 'CANCELED';

export interface PayoutBatch {
  id: string;
  status: BatchStatus;
  senderBatchId?: string;
  /** Subject, message and recipient type as they were sent. */
  header: Record<string, string>;
  currency: string;
  itemIds: string[];
  createdAt: number;
  processAt: number;
  settleAt: number;
  completedAt?: number;
}

export type ItemStatus =
  'PENDING' | 'SUCCESS' | 'UNCLAIMED' | 'RETURNED' | 'FAILED' | 'BLOCKED' | 'ONHOLD' | 'REFUNDED' | 'REVERSED';

export interface PayoutItem {
  id: string;
  batchId: string;
  status: ItemStatus;
  recipientType: 'EMAIL' | 'PHONE' | 'PAYPAL_ID';
  receiver: string;
  money: Money;
  feeMinor: number;
  note?: string;
  senderItemId?: string;
  recipientWallet?: string;
  /** Set when the item is processed. */
  transactionId?: string;
  error?: string;
  payerId?: string;
  createdAt: number;
  processedAt?: number;
  /** When unclaimed money goes back. */
  returnAt?: number;
}

export type SetupTokenStatus = 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'VAULTED';

export interface SetupToken {
  id: string;
  status: SetupTokenStatus;
  customerId: string;
  /** Absent for a wallet. */
  source?: 'card';
  payerId?: string;
  /** The test card that was chosen. */
  cardId?: string;
  /** Description, usage and so on, given back unchanged. */
  echo: Record<string, unknown>;
  returnUrl?: string;
  cancelUrl?: string;
  createdAt: number;
}

export interface PaymentToken {
  id: string;
  customerId: string;
  payerId: string;
  /** The test card, where it is none of the person's wallet. */
  cardId?: string;
  echo: Record<string, unknown>;
  createdAt: number;
  deletedAt?: number;
}

export interface Dispute {
  id: string;
  captureId: string;
  status: 'OPEN' | 'RESOLVED';
  reason: string;
  money: Money;
  message: string;
  outcome?: 'RESOLVED_BUYER_FAVOUR' | 'RESOLVED_SELLER_FAVOUR';
  createdAt: number;
  updatedAt: number;
}
