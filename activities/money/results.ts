import type { Money } from '../../src/domain/money/amounts';
import type { Payout } from '../../src/domain/money/wallet';
import type { PaymentStatus } from '../../workflows/messages/payment';

/** What every money activity is told. The epoch rises only after a failure that was proven. */
export interface MoneyStep {
  paymentId: string;
  epoch: number;
  amount: Money;
}

/** A charge also says when the payment began: its room under the limits is judged by that moment. */
export interface ChargeStep extends MoneyStep {
  /** The workflow's time, in milliseconds since the epoch. */
  at: number;
}

/** A charge whose outcome is certain. */
export type ChargeResult = { state: 'captured' } | { state: 'declined'; reason: string };

/** The outcome of a payment, or of the stage at which people must hear about it. */
export interface Conclusion extends MoneyStep {
  status: Extract<PaymentStatus, 'paid' | 'declined' | 'refunded' | 'cancelled' | 'unclaimed' | 'needs-operator'>;
  payout?: Payout;
  reason?: string;
}
