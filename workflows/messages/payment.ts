import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Money } from '../../src/domain/money/amounts';
import type { Verdict } from '../../src/domain/money/verdicts';
import type { WalletEvent } from '../../src/domain/money/wallet-events';
import type { RolloutDecision } from '../../src/domain/rollout/decision';

export type { Verdict } from '../../src/domain/money/verdicts';

/** Workflow type: one payment from the tap on **Confirm** until both people are told. */
export const PAYMENT = 'payment';

/** Ids and amounts only; who the people are is in the store. */
export interface PaymentInput {
  paymentId: string;
  payerKey: string;
  amount: Money;
  rollout: RolloutDecision;
}

/** How a payment ended. */
export type PaymentEnd = 'paid' | 'declined' | 'refunded' | 'cancelled';

export type PaymentStatus =
  | 'charging'
  /** An operator stopped it at a safe point. */
  | 'held'
  | 'paying-out'
  /** The provider reviews the payout. */
  | 'in-review'
  | 'unclaimed'
  | 'refunding'
  | 'needs-operator'
  | PaymentEnd;

export interface PaymentResult {
  end: PaymentEnd;
}

/** Somebody's wish about a running payment, and whose it is: the payer's, or an operator's by name. */
export interface Wish {
  by: string;
}

export const walletEventSignal = defineSignal<[WalletEvent]>('walletEvent');
export const statusQuery = defineQuery<PaymentStatus>('status');

/**
 * Stops the payment where that is still possible: before it is paid out, and while nobody has claimed it. What was taken
 * goes back to the payer. Refused as `closed` once the payee has the money or is about to get it.
 */
export const cancelUpdate = defineUpdate<PaymentStatus, [Wish]>('cancel');
/** Makes the payment wait at its next safe point: before it charges, or before it pays out. `closed` after both. */
export const holdUpdate = defineUpdate<PaymentStatus, [Wish]>('hold');
/** Lets a held payment go on. `closed` where none is held. */
export const releaseUpdate = defineUpdate<PaymentStatus, [Wish]>('release');
/** Ends the payment soon: cancelled if nothing was taken yet, otherwise completed. `closed` after both safe points. */
export const drainUpdate = defineUpdate<PaymentStatus, [Wish]>('drain');
/** An operator's verdict. `closed` unless it answers what the payment waits for. */
export const settleUpdate = defineUpdate<PaymentStatus, [Verdict]>('settle');

/** The activity that a payout webhook completes, by this id. */
export const PAYOUT_ACTIVITY_ID = 'payout';

/** Workflow id of a payment; the payment's id was minted with its card, so two taps are one payment. */
export function paymentWorkflowId(paymentId: string): string {
  return `payment/${paymentId}`;
}
