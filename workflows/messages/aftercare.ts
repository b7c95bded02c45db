import { defineSignal } from '@temporalio/workflow';
import type { Money } from '../../src/domain/money/amounts';
import type { WalletEvent } from '../../src/domain/money/wallet-events';

/** Workflow type: whatever happens to a payment whose own workflow has ended. */
export const AFTERCARE = 'aftercare';

/** What is looked after: a payment, or a difference between the books and the provider that belongs to none. */
export interface AftercareInput {
  /** The payment's id, or the case's. */
  subject: string;
  payment?: { paymentId: string; amount: Money };
}

/** What we have found ourselves. */
export type Found =
  /** The payment is open and its workflow does not run: an operator ended it. */
  | { kind: 'orphaned' }
  /** The nightly comparison has opened this case. */
  | { kind: 'break'; caseId: string };

/** What there is to look after: the provider told it, or we have found it. */
export type AftercareNews = WalletEvent | Found;

export const foundSignal = defineSignal<[Found]>('found');

export function aftercareWorkflowId(subject: string): string {
  return `aftercare/${subject}`;
}
