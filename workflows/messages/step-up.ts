import { defineUpdate } from '@temporalio/workflow';

/** Workflow type: from a fresh login at the wallet's provider until what it was for is approved, cancelled or expired. */
export const STEP_UP = 'stepUp';

export interface StepUpInput {
  stepUpId: string;
  personKey: string;
  /** The one-time code of the login. Short-lived, and encrypted with the rest of the input. */
  login: { code: string; redirectUri: string };
  /** Where the provider sends the browser back to after a card was chosen; used where a card is to be added. */
  card: { returnUrl: string; cancelUrl: string };
}

/** What the page is told once somebody who has logged in has decided. */
export type StepUpAnswer =
  /** The payment began; had begun before; or its card was no longer good and nothing moved. */
  | 'started'
  | 'existing'
  | 'void'
  /** Not begun: the payer's account is frozen, or the payee takes no money from them. */
  | 'frozen'
  | 'payee-unavailable'
  | 'unfrozen'
  | 'card-added'
  | 'card-refused'
  | 'cancelled'
  /** Nobody pressed anything in time. */
  | 'expired';

export interface StepUpResult {
  end: StepUpAnswer | 'refused';
}

/** The press on **Approve** or **Cancel**. Repeating it, or pressing the other one later, gives the first answer. */
export const decideStepUpUpdate = defineUpdate<StepUpAnswer, [{ choice: 'approve' | 'cancel' }]>('decide');

export function stepUpWorkflowId(stepUpId: string): string {
  return `step-up/${stepUpId}`;
}
