import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Money } from '../../src/domain/money/amounts';
import type { WalletEvent } from '../../src/domain/money/wallet-events';
import type { RolloutDecision } from '../../src/domain/rollout/decision';

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

export type PaymentStatus = 'charging' | 'paying-out' | 'unclaimed' | 'refunding' | 'needs-operator' | PaymentEnd;

export interface PaymentResult {
  end: PaymentEnd;
}

/** An operator's verdict on something that no look-up could settle. */
export interface Verdict {
  operator: string;
  /** What the operator has proven at the provider. */
  charge?: 'taken' | 'not-taken';
  refund?: 'given-back';
}

export const walletEventSignal = defineSignal<[WalletEvent]>('walletEvent');
export const settleUpdate = defineUpdate<PaymentStatus, [Verdict]>('settle');
export const statusQuery = defineQuery<PaymentStatus>('status');

/** The activity that a payout webhook completes, by this id. */
export const PAYOUT_ACTIVITY_ID = 'payout';

/** Workflow id of a payment; the payment's id was minted with its card, so two taps are one payment. */
export function paymentWorkflowId(paymentId: string): string {
  return `payment/${paymentId}`;
}
