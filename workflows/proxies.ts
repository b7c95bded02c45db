import {
  ActivityFailure,
  ApplicationFailure,
  TemporalFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { Duration } from '@temporalio/common';
import type { Activities } from '../activities';

/**
 * One short attempt beside the workflow, which costs a marker instead of an activity. It must be short: while a local
 * activity runs, no Update of that workflow is answered.
 */
const SHORT_ATTEMPT = { startToCloseTimeout: '8s', retry: { maximumAttempts: 1 } } as const;

/** After the short attempt failed: the database or a provider is away, and comes back. */
const PATIENT = {
  startToCloseTimeout: '30s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
} as const;

/**
 * A step that reads or writes our own store, or sends a message through the outbox. Everything in it is keyed, so that
 * doing it again is harmless: first one short attempt, then as long as it takes.
 */
export function step<Name extends keyof Activities>(name: Name, summary: string): Activities[Name] {
  const short = proxyLocalActivities<Activities>({ ...SHORT_ATTEMPT, summary })[name] as AnyActivity;
  const patient = proxyActivities<Activities>({ ...PATIENT, summary })[name] as AnyActivity;
  return (async (...args: unknown[]) => {
    try {
      return await short(...args);
    } catch (error) {
      if (!worthRepeating(error)) throw error;
      return await patient(...args);
    }
  }) as Activities[Name];
}

/**
 * A call that moves money. Never a local activity: that one is not recorded before it acts. The identical call is
 * repeated under the same key until `keyLife` ends, since the provider forgets the key afterwards and a repetition would
 * be a second payment.
 */
export function moneyCall<Name extends keyof Activities>(
  name: Name,
  summary: string,
  limits: { keyLife?: Duration; attempt: Duration; activityId?: string },
): Activities[Name] {
  return proxyActivities<Activities>({
    startToCloseTimeout: limits.attempt,
    ...(limits.keyLife === undefined ? {} : { scheduleToCloseTimeout: limits.keyLife }),
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
    ...(limits.activityId === undefined ? {} : { activityId: limits.activityId }),
    summary,
  })[name];
}

/**
 * Looks up what a call did whose answer never came. Reads only, and searches lag by hours, so it asks at long intervals
 * for a day; after that a person decides.
 */
export function lookUp<Name extends keyof Activities>(name: Name, summary: string): Activities[Name] {
  return proxyActivities<Activities>({
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '24h',
    retry: { initialInterval: '1m', backoffCoefficient: 2, maximumInterval: '1h' },
    summary,
  })[name];
}

/**
 * Reads much at the provider, once a night: takes minutes, and waits for hours where the provider is away. It never moves
 * anything, so a lost attempt costs nothing but time.
 */
export function nightlyRead<Name extends keyof Activities>(name: Name, summary: string): Activities[Name] {
  return proxyActivities<Activities>({
    startToCloseTimeout: '20m',
    scheduleToCloseTimeout: '12h',
    retry: { initialInterval: '1m', backoffCoefficient: 2, maximumInterval: '30m' },
    summary,
  })[name];
}

type AnyActivity = (...args: unknown[]) => Promise<unknown>;

/** The failure of a local activity comes as it is, that of a regular one as the cause of an `ActivityFailure`. */
function worthRepeating(error: unknown): boolean {
  if (isCancellation(error)) return false;
  const failure = error instanceof ActivityFailure ? error.cause : error;
  return failure instanceof TemporalFailure && !(failure instanceof ApplicationFailure && failure.nonRetryable);
}
