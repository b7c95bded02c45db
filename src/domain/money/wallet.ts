import type { Money } from './amounts';
import type { StatementLine } from './statement';

/** What moved at the provider for one charge of a payer. */
export interface Charge {
  orderId: string;
  captureId: string;
  /** `pending`: taken but not ours yet (review, e-check); `completed`: ours; `declined`: certainly not taken. */
  state: 'completed' | 'pending' | 'declined';
  gross: Money;
  /** What the provider kept of the gross amount. The platform bears it. */
  fee: Money;
  /** Our id of the payment, as the provider has it. */
  paymentId?: string;
}

export interface ChargeRequest {
  /** Our id of the payment: also the provider's invoice id, which no second charge may carry. */
  paymentId: string;
  /** Idempotency key: `<payment>:charge:<epoch>`. Remembered by the provider for {@link KEY_LIFE_MS}. */
  key: string;
  amount: Money;
  /** Set where a card of the payer's is charged that the provider keeps, and not their wallet. */
  source?: 'card';
  /** The payer's vaulted consent to be charged. A secret: never logged, never in a workflow. */
  vaultToken: string;
}

/** Where a payout to a payee stands. Only `paid`, `failed` and `returned` are final for sending. */
export type PayoutState = 'pending' | 'held' | 'unclaimed' | 'paid' | 'failed' | 'returned' | 'reversed';

export interface Payout {
  batchId: string;
  /** Absent while the batch is still being taken apart. */
  itemId?: string;
  state: PayoutState;
  amount: Money;
  fee: Money;
  /** Why it failed, in the provider's code, where it did. */
  providerCode?: string;
}

export interface PayoutRequest {
  paymentId: string;
  /** The batch id that the provider refuses to take twice: `<payment>` or `<payment>-<epoch>`. */
  key: string;
  amount: Money;
  /** A linked payee by the provider's id, anybody else by e-mail or by phone number (E.164). */
  receiver: { kind: 'account'; payerId: string } | { kind: 'email'; email: string } | { kind: 'phone'; phone: string };
  /** Shown to the payee; already redacted. */
  note?: string;
}

export interface RefundRequest {
  captureId: string;
  /** Idempotency key: `<payment>:refund:<epoch>`. */
  key: string;
  amount: Money;
}

export interface Refund {
  refundId: string;
  state: 'completed' | 'pending' | 'failed';
}

/**
 * Moves money at a provider. Every method throws `ProviderFailure` and nothing else; identical calls under one key are
 * effective once for as long as {@link KEY_LIFE_MS} says.
 */
export interface Wallet {
  /** Takes the amount from the payer's vaulted wallet or card to the platform, in one step and without the payer. */
  charge(request: ChargeRequest): Promise<Charge>;
  /** Looks for the charge of a payment by its invoice id. `undefined` proves nothing before {@link SEARCH_LAG_MS}. */
  findCharge(paymentId: string, since: Date): Promise<Charge | undefined>;
  /** The charge behind the provider's id of it, as it is now. */
  readCharge(captureId: string): Promise<Charge>;
  /** Sends the amount from the platform to the payee, or finds the payout that an earlier call began. */
  payOut(request: PayoutRequest): Promise<Payout>;
  /** The payout as the provider sees it now. */
  findPayout(batchId: string): Promise<Payout>;
  /** Takes back a payout that nobody has claimed. `already-done` when it was returned before. */
  cancelPayout(itemId: string): Promise<Payout>;
  /** Our account's statement of a period. Lags by {@link SEARCH_LAG_MS}. */
  statement(since: Date, until: Date): Promise<StatementLine[]>;
  /** Gives a charge back to the payer. */
  refund(request: RefundRequest): Promise<Refund>;
}

/**
 * For how long the provider answers a repeated key with the first result. PayPal REST, `PayPal-Request-Id`: orders 6 h,
 * vault 3 h, refunds 45 days; payouts refuse a `sender_batch_id` for 30 days (Orders v2, Vault v3, Payments v2 and
 * Payouts v1 specifications). We stop replaying earlier, an hour or a day, so that clocks need not agree.
 */
export const KEY_LIFE_MS = {
  charge: 5 * 3_600_000,
  vault: 2 * 3_600_000,
  payout: 29 * 86_400_000,
  refund: 44 * 86_400_000,
} as const;

/** Transaction search lags behind by up to three hours (PayPal transaction search v1, introduction). */
export const SEARCH_LAG_MS = 3 * 3_600_000;
