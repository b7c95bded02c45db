/**
 * What a provider's refusal means for us. Each adapter has one table (`outcomes.ts`) that maps the provider's codes to
 * these six, and nothing else in the program knows a provider's code.
 *
 * - `retry`: certainly not done; the same call may be made again soon.
 * - `already-done`: an earlier identical call did it; {@link ProviderFailure.existing} names what it made.
 * - `needs-person`: certainly not done; only the customer can change that (another funding source, link again).
 * - `wait-long`: certainly not done; an operator or time must act first (float, rate limit, dead token).
 * - `final`: certainly not done and never will be.
 * - `unknown`: it may have been done. Unknown is not failed: replay under the same key or look it up, never undo.
 */
export type Outcome = 'retry' | 'already-done' | 'needs-person' | 'wait-long' | 'final' | 'unknown';

/** Why, in our own words; adapters translate to it and texts and desks explain it. */
export type Reason =
  | 'insufficient-funds'
  | 'instrument-declined'
  | 'payer-action-required'
  | 'consent-revoked'
  | 'account-restricted'
  | 'receiver-refused'
  | 'limit-exceeded'
  | 'invalid-request'
  | 'not-authorized'
  | 'not-found'
  | 'duplicate'
  | 'in-progress'
  | 'rate-limited'
  | 'unavailable'
  | 'timed-out'
  | 'window-closed'
  | 'person-unreachable'
  | 'thread-controlled-elsewhere'
  | 'refused';

/**
 * Whom a failure concerns: our whole account or page with the provider (everything waits), one person, or this one
 * message or order alone.
 */
export type Scope = 'page' | 'person' | 'message';

/** The one error adapters throw. Carries no personal data and no secret, so it may be logged as it is. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  constructor(
    readonly outcome: Outcome,
    readonly reason: Reason,
    readonly detail: {
      /** The provider's own code, for operators: `UNPROCESSABLE_ENTITY/INSTRUMENT_DECLINED`, `10/2018278`. */
      providerCode: string;
      /** The provider's trace id of this answer, to quote in a ticket with them. */
      debugId?: string;
      /** Earliest sensible next attempt, in milliseconds from now, where the provider said one. */
      retryAfterMs?: number;
      /** With `already-done`: the provider's id of what exists. */
      existing?: string;
      /** What else would fail in the same way, where the adapter knows. */
      scope?: Scope;
    },
  ) {
    super(`${outcome}: ${reason} (${detail.providerCode})`);
  }
}
