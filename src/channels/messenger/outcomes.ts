import type { Outcome, Reason, Scope } from '../../domain/outcomes';
import { ProviderFailure } from '../../domain/outcomes';
import type { AnswerLost } from './exchange';

/** What an error of Meta means for us, and for whom else. */
interface Meaning {
  outcome: Outcome;
  reason: Reason;
  scope: Scope;
  /** Milliseconds, where others have found how long it takes and Meta does not say. */
  retryAfterMs?: number;
}

/** A refusal as Meta answers it. */
export interface Refusal {
  /** HTTP status; not documented per code, so it counts only where there is no code. */
  status: number;
  code?: string;
  subcode?: string;
  /** Meta's own hint that the same call may succeed later. */
  isTransient?: boolean;
  traceId?: string;
  /** Milliseconds until Meta takes calls again. */
  retryAfterMs?: number;
}

const means = (outcome: Outcome, reason: Reason, scope: Scope): Meaning => ({ outcome, reason, scope });

const BROKEN_REQUEST = means('final', 'invalid-request', 'message');
const REFUSED = means('final', 'refused', 'message');
const BUSY = means('retry', 'unavailable', 'message');
const RATE_LIMITED = means('wait-long', 'rate-limited', 'page');
const NOT_AUTHORIZED = means('wait-long', 'not-authorized', 'page');
const RESTRICTED = means('wait-long', 'account-restricted', 'page');
const WINDOW_CLOSED = means('needs-person', 'window-closed', 'person');
const UNREACHABLE = means('final', 'person-unreachable', 'person');
const NO_SUCH_PERSON = means('final', 'not-found', 'person');
/** Something between us and Messenger answers, or the address is wrong: an operator's matter, no message's fault. */
const NOT_MESSENGER = means('wait-long', 'unavailable', 'page');
const MAY_BE_DONE = means('unknown', 'unavailable', 'message');

/**
 * The one table from Meta's `code` or `code/subcode` to what it means; the longer key wins. Sources: Send API error
 * codes and Graph API error reference of Meta, recorded answers, and what long-running clients do by experience.
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  // "An unknown error occurred", and "invalid JSON reply": messages have arrived in spite of it.
  '1': MAY_BE_DONE,
  '2': BUSY,
  '1200': BUSY,
  // Rate limits: of the application, of the page, of the Messenger use case, of the Send API.
  '4': RATE_LIMITED,
  '4/2018354': { ...RATE_LIMITED, scope: 'person' },
  '32': RATE_LIMITED,
  '613': RATE_LIMITED,
  '80006': RATE_LIMITED,
  // The window; 2018065 is its older subcode.
  '10/2018278': WINDOW_CLOSED,
  '10/2018065': WINDOW_CLOSED,
  // The person has blocked the page, left Messenger or deleted the account.
  '10/2018108': UNREACHABLE,
  '200/1545041': UNREACHABLE,
  '551': UNREACHABLE,
  '100/2018001': NO_SUCH_PERSON,
  '100/33': NO_SUCH_PERSON,
  '2018218': NO_SUCH_PERSON,
  '10/2018300': means('wait-long', 'thread-controlled-elsewhere', 'person'),
  // The page's messages are refused for a while; half an hour is where a large sender starts to try again.
  '10/1893063': { ...RESTRICTED, retryAfterMs: 30 * 60 * 1000 },
  '368': RESTRICTED,
  '2022': RESTRICTED,
  '10904': RESTRICTED,
  // Token dead, permission missing, application not live.
  '10': NOT_AUTHORIZED,
  '102': NOT_AUTHORIZED,
  '190': NOT_AUTHORIZED,
  '200': NOT_AUTHORIZED,
  '230': NOT_AUTHORIZED,
  // Sending to phone numbers, which we never do.
  '4/2018022': BROKEN_REQUEST,
  '200/2018021': BROKEN_REQUEST,
  '200/2018027': BROKEN_REQUEST,
  // A field is missing, too long or retired, whatever the subcode.
  '100': BROKEN_REQUEST,
  '194': BROKEN_REQUEST,
  '10303': BROKEN_REQUEST,
  '10900': REFUSED,
  '10903': REFUSED,
};

/** Outcomes after which the same call may succeed later. */
const TIME_HELPS: ReadonlySet<Outcome> = new Set(['wait-long', 'retry']);

/**
 * The failure that a refusal means. `repeatable` calls do no harm when made twice, so that for them "it may have been
 * done" is no reason to stop: it becomes `retry`.
 */
export function failureOf(refusal: Refusal, repeatable: boolean): ProviderFailure {
  const { code, subcode, status, traceId } = refusal;
  const meaning = meaningOf(refusal);
  const retryAfterMs = refusal.retryAfterMs ?? meaning.retryAfterMs;
  const providerCode = code === undefined ? `HTTP ${status}` : [code, subcode].filter(Boolean).join('/');
  return new ProviderFailure(settled(meaning.outcome, repeatable), meaning.reason, {
    providerCode,
    scope: meaning.scope,
    ...(traceId === undefined ? {} : { debugId: traceId }),
    ...(TIME_HELPS.has(meaning.outcome) && retryAfterMs !== undefined ? { retryAfterMs } : {}),
  });
}

/**
 * The failure that a lost answer means. Before the connection stood nothing can have been done: `retry`. From then on
 * the call may have arrived, however it ended: `unknown` where doing it twice would be seen.
 */
export function failureOfLoss(lost: AnswerLost, repeatable: boolean): ProviderFailure {
  const outcome = lost.mayHaveArrived ? settled('unknown', repeatable) : 'retry';
  return new ProviderFailure(outcome, lost.timedOut ? 'timed-out' : 'unavailable', {
    providerCode: lost.code,
    scope: 'message',
  });
}

/** An answer of success that does not say what it should: done or not, nobody can tell. */
export function failureOfUnreadable(status: number, repeatable: boolean): ProviderFailure {
  return new ProviderFailure(settled('unknown', repeatable), 'unavailable', {
    providerCode: `HTTP ${status} unreadable`,
    scope: 'message',
  });
}

function settled(outcome: Outcome, repeatable: boolean): Outcome {
  return outcome === 'unknown' && repeatable ? 'retry' : outcome;
}

function meaningOf({ status, code, subcode, isTransient }: Refusal): Meaning {
  const listed = code === undefined ? undefined : (MEANINGS[`${code}/${subcode}`] ?? MEANINGS[code]);
  if (listed) return listed;
  if (status === 429) return RATE_LIMITED;
  // A gateway may give up after Messenger has done the work, and only Meta's own words would say otherwise.
  if (status >= 500 || status === 408) return MAY_BE_DONE;
  if (code !== undefined) return isTransient ? BUSY : REFUSED;
  if (status === 401 || status === 403) return NOT_AUTHORIZED;
  if (status === 413) return BROKEN_REQUEST;
  return NOT_MESSENGER;
}
