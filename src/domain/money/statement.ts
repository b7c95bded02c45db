import type { Money } from './amounts';

/** One line of our account's statement at the provider, in our words. */
export interface StatementLine {
  /** The provider's id of the transaction. */
  transactionId: string;
  /** Our id of the payment, where the provider has it. */
  paymentId?: string;
  kind: 'charge' | 'payout' | 'payout-returned' | 'refund' | 'reversal' | 'other';
  status: 'done' | 'pending' | 'denied' | 'reversed';
  /** Signed: what came in is positive. */
  amount: Money;
  /** Signed: what the provider kept is negative. */
  fee: Money;
  /** When it was made, in milliseconds since the epoch. */
  at: number;
}
