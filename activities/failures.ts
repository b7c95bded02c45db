import { ApplicationFailure } from '@temporalio/common';
import type { FailureType } from '../src/domain/failures';
import type { Outcome, Reason } from '../src/domain/outcomes';
import { ProviderFailure } from '../src/domain/outcomes';

/** An operator or time has to act first; asking more often changes nothing and uses up the provider's patience. */
const LONG_WAIT_MS = 10 * 60_000;

/** A rate limit that names no time is over within seconds: the attempts' own growing pauses are enough. */
const SHORT_WAITS: ReadonlySet<Reason> = new Set(['rate-limited']);

/** What each outcome means to Temporal. */
const MEANING: Record<Outcome, { type: FailureType; nonRetryable: boolean; delayMs?: number }> = {
  retry: { type: 'provider_retry', nonRetryable: false },
  'wait-long': { type: 'provider_wait', nonRetryable: false, delayMs: LONG_WAIT_MS },
  unknown: { type: 'provider_unknown', nonRetryable: false },
  'needs-person': { type: 'provider_final', nonRetryable: true },
  final: { type: 'provider_final', nonRetryable: true },
  'already-done': { type: 'provider_final', nonRetryable: true },
};

/**
 * A provider's failure as the one that Temporal acts on. Anything else is given back as it is: an unexpected error is
 * retried, and found in the log.
 */
export function asApplicationFailure(error: unknown): unknown {
  if (!(error instanceof ProviderFailure)) return error;
  const { type, nonRetryable, delayMs } = MEANING[error.outcome];
  return ApplicationFailure.create({
    type,
    nonRetryable,
    message: error.message,
    nextRetryDelay: error.detail.retryAfterMs ?? (SHORT_WAITS.has(error.reason) ? undefined : delayMs),
    cause: error,
  });
}

/** Waits for a call that ends something. What the provider refuses for good is not ended by asking again. */
export async function unlessRefused(call: Promise<void>): Promise<void> {
  await call.catch((error: unknown) => {
    const refused = error instanceof ProviderFailure && error.outcome === 'final';
    if (!refused) throw asApplicationFailure(error);
  });
}

/** Thrown where a workflow names something that does not exist. */
export function notFound(what: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${what} does not exist`, 'not_found' satisfies FailureType);
}

/** The outcome is not known and must be looked up: repeating the call could do it twice. */
export function unknownOutcome(message: string, options: { mayRepeat: boolean }): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'provider_unknown' satisfies FailureType,
    nonRetryable: !options.mayRepeat,
    message,
  });
}
