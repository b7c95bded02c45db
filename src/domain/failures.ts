import { REFUSALS } from './handoff/owner';

/**
 * Every type of `ApplicationFailure` that is thrown on purpose. A type is never encrypted, so none says anything about a
 * person or an amount.
 */
export const FAILURE_TYPES = [
  /** A rep's action that the state of the conversation does not allow; the desk answers 409 with this code. */
  ...REFUSALS,
  /** An action id was used before with another body. */
  'action_changed',
  /** A provider certainly did nothing and the same call may be repeated. */
  'provider_retry',
  /** A provider certainly did nothing, and time or an operator must act first. */
  'provider_wait',
  /** A provider may have done it. */
  'provider_unknown',
  /** A provider certainly did nothing and never will; trying again is useless. */
  'provider_final',
  /** Something that we keep about the person is gone, on the person's wish. */
  'person_forgotten',
  /** A programming error: what a workflow asked for does not exist. */
  'not_found',
] as const;

export type FailureType = (typeof FAILURE_TYPES)[number];
