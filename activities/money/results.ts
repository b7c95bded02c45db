import type { Money } from '../../src/domain/money/amounts';
import type { Question } from '../../src/domain/money/verdicts';
import type { Payout } from '../../src/domain/money/wallet';
import type { PaymentStatus } from '../../workflows/messages/payment';

/** What every money activity is told. The epoch rises only after a failure that was proven. */
export interface MoneyStep {
  paymentId: string;
  epoch: number;
  amount: Money;
}

/** A step at a moment of the workflow's time, in milliseconds since the epoch. */
export interface TimedStep extends MoneyStep {
  at: number;
}

/** A charge whose outcome is certain. */
export type ChargeResult = { state: 'captured' } | { state: 'declined'; reason: string };

/** The outcome of a payment, or of the stage at which people must hear about it. */
export interface Conclusion extends TimedStep {
  status: Exclude<PaymentStatus, 'charging' | 'paying-out' | 'refunding'> | 'reversed';
  payout?: Payout;
  reason?: string;
  /** The provider took the charge back, so that the payer has the amount without our doing. */
  reversed?: boolean;
  /** What an operator is asked, with `needs-operator`. */
  question?: Question;
  /** Whose wish it was: an operator's name, or `payer`. */
  by?: string;
}

/** What is proven about a payment at the moment of asking. */
export interface Facts {
  amount: Money;
  /** The payment has come to its end, and its people were told. */
  ended: boolean;
  chargeIntended: boolean;
  captured: boolean;
  payoutIntended: boolean;
  refundIntended: boolean;
  refunded: boolean;
  /** The provider took the charge back by itself. */
  reversed: boolean;
  /** The amount has left for the payee and has not come back. */
  paidOut: boolean;
}
