import { ProviderFailure } from '../../domain/outcomes';
import type { Outcome, Reason } from '../../domain/outcomes';
import type { Refusal } from './refusal';
import type { TransportFault } from './transport/exchange';

/**
 * Whether a call may change something at PayPal. It decides what a lost or broken answer means: a call that `moves`
 * something may have done it (`unknown`), a call that `reads` certainly did nothing (`retry`).
 */
export type Effect = 'reads' | 'moves';

type Meaning = readonly [Outcome, Reason];

/**
 * PayPal's words and what they mean for us: `issue` of an error's details, or its `name`. Sources: the issue lists of
 * the Orders v2, Payments v2 and Payouts v1 specifications, and PayPal's error pages of Vault v3.
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  // The payer must choose another funding source, approve, or link again.
  INSTRUMENT_DECLINED: ['needs-person', 'instrument-declined'],
  REDIRECT_PAYER_FOR_ALTERNATE_FUNDING: ['needs-person', 'instrument-declined'],
  PAYMENT_SOURCE_DECLINED_BY_PROCESSOR: ['needs-person', 'instrument-declined'],
  PAYMENT_SOURCE_CANNOT_BE_USED: ['needs-person', 'instrument-declined'],
  PAYMENT_SOURCE_INFO_CANNOT_BE_VERIFIED: ['needs-person', 'instrument-declined'],
  PAYER_ACTION_REQUIRED: ['needs-person', 'payer-action-required'],
  ORDER_NOT_APPROVED: ['needs-person', 'payer-action-required'],
  SETUP_TOKEN_NOT_TOKENIZED: ['needs-person', 'payer-action-required'],
  AGREEMENT_ALREADY_CANCELLED: ['needs-person', 'consent-revoked'],
  BILLING_AGREEMENT_NOT_FOUND: ['needs-person', 'consent-revoked'],
  TOKEN_ID_NOT_FOUND: ['needs-person', 'consent-revoked'],
  TOKEN_EXPIRED: ['needs-person', 'consent-revoked'],
  invalid_grant: ['needs-person', 'payer-action-required'],

  // An earlier identical call did it.
  DUPLICATE_INVOICE_ID: ['already-done', 'duplicate'],
  ORDER_ALREADY_CAPTURED: ['already-done', 'duplicate'],
  CAPTURE_FULLY_REFUNDED: ['already-done', 'duplicate'],
  SETUP_TOKEN_ALREADY_TOKENIZED: ['already-done', 'duplicate'],
  ITEM_ALREADY_CANCELLED: ['already-done', 'duplicate'],
  'Batch with given sender_batch_id already exists': ['already-done', 'duplicate'],

  // An earlier identical call is still under way, so it may yet be done.
  PREVIOUS_REQUEST_IN_PROGRESS: ['unknown', 'in-progress'],
  ORDER_COMPLETION_IN_PROGRESS: ['unknown', 'in-progress'],
  REQUEST_TIMEOUT_EXCEEDED: ['unknown', 'timed-out'],

  // Refused for now; the same call can succeed by itself a little later.
  BATCH_NOT_COMPLETED: ['retry', 'in-progress'],
  ITEM_CANCELLATION_FAILED: ['retry', 'unavailable'],

  // An operator (float, credentials, the platform's own account) or time must act first.
  INSUFFICIENT_FUNDS: ['wait-long', 'insufficient-funds'],
  REFUND_FAILED_INSUFFICIENT_FUNDS: ['wait-long', 'insufficient-funds'],
  PENDING_CAPTURE: ['wait-long', 'in-progress'],
  RATE_LIMIT_VALIDATION_FAILURES: ['wait-long', 'rate-limited'],
  SENDER_RESTRICTED: ['wait-long', 'account-restricted'],
  SENDER_LOCKED: ['wait-long', 'account-restricted'],
  SENDER_EMAIL_UNCONFIRMED: ['wait-long', 'account-restricted'],
  PAYEE_ACCOUNT_RESTRICTED: ['wait-long', 'account-restricted'],
  PAYEE_ACCOUNT_LOCKED_OR_CLOSED: ['wait-long', 'account-restricted'],
  INVALID_ACCOUNT_STATUS: ['wait-long', 'account-restricted'],
  AUTHORIZATION_ERROR: ['wait-long', 'not-authorized'],
  REQUIRED_SCOPE_MISSING: ['wait-long', 'not-authorized'],
  CONSENT_NEEDED: ['wait-long', 'not-authorized'],
  PERMISSION_DENIED: ['wait-long', 'not-authorized'],
  invalid_client: ['wait-long', 'not-authorized'],

  // Refused for good.
  PAYER_ACCOUNT_RESTRICTED: ['final', 'account-restricted'],
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: ['final', 'account-restricted'],
  TRANSACTION_LIMIT_EXCEEDED: ['final', 'limit-exceeded'],
  TRANSACTION_RECEIVING_LIMIT_EXCEEDED: ['final', 'limit-exceeded'],
  MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED: ['final', 'limit-exceeded'],
  MAX_NUMBER_OF_REFUNDS_EXCEEDED: ['final', 'limit-exceeded'],
  REFUND_TIME_LIMIT_EXCEEDED: ['final', 'refused'],
  ITEM_INCORRECT_STATUS: ['final', 'refused'],
  PAYPAL_REQUEST_ID_PREVIOUSLY_USED: ['final', 'duplicate'],
  // Vault v3 has no 404 for a deletion: it answers 400 with this issue.
  INVALID_RESOURCE_ID: ['final', 'not-found'],
  SELF_PAY_NOT_ALLOWED: ['final', 'receiver-refused'],
  RECEIVER_ACCOUNT_INVALID: ['final', 'receiver-refused'],
  RECEIVER_COUNTRY_NOT_ALLOWED: ['final', 'receiver-refused'],
  'Receiver is invalid or does not match with type': ['final', 'receiver-refused'],
};

/** What a status means where the table has no word for the refusal. Everything below 500 is a definite "not done". */
const STATUS_MEANINGS: Readonly<Record<number, Meaning>> = {
  400: ['final', 'invalid-request'],
  401: ['wait-long', 'not-authorized'],
  403: ['wait-long', 'not-authorized'],
  404: ['final', 'not-found'],
  405: ['final', 'invalid-request'],
  406: ['final', 'invalid-request'],
  413: ['final', 'invalid-request'],
  415: ['final', 'invalid-request'],
  422: ['final', 'refused'],
};

/** PayPal's own example waits this long where a 429 names no time (its page "Rate limiting"). */
const RATE_LIMIT_WAIT_MS = 30_000;
/** Up to here a rate limit is a pause within the attempts of one activity; beyond it people are told to wait. */
const SHORT_WAIT_MS = 5 * 60_000;
/** "It is best to space out the initial and the subsequent request(s)", says PREVIOUS_REQUEST_IN_PROGRESS. */
const IN_PROGRESS_WAIT_MS = 5_000;

/**
 * The meaning of an answer that is not a success.
 *
 * An answered 5xx to a call that moves something is `unknown`: "Requests that return a 5XX error code might have created
 * a PayPal transaction" (PayPal, commerce platform, "Error handling"). The same holds for 408, a 409 the table does not
 * know, and a redirect, which PayPal's API never sends. A 429 was not processed: `retry` after the time it names, or
 * `wait-long` when that is longer than {@link SHORT_WAIT_MS}.
 */
export function failureOfRefusal(refusal: Refusal, effect: Effect): ProviderFailure {
  const [outcome, reason] = meaningOf(refusal, effect);
  return new ProviderFailure(outcome, reason, {
    providerCode: refusal.codes.length > 0 ? refusal.codes.join('/') : `HTTP_${refusal.status}`,
    ...(refusal.debugId !== undefined && { debugId: refusal.debugId }),
    ...waitOf(refusal, reason),
    ...(outcome === 'already-done' && refusal.existing !== undefined && { existing: refusal.existing }),
  });
}

/**
 * The meaning of an exchange that broke. Before any byte left (name not found, connection refused, TLS not agreed, time
 * over while connecting) nothing can have happened: `retry`. After that (time over, connection lost, answer cut off or
 * too large) a call that moves something may have done it: `unknown`; a call that reads is simply made again: `retry`.
 */
export function failureOfFault(fault: TransportFault, effect: Effect): ProviderFailure {
  return new ProviderFailure(
    fault.sent ? inDoubt(effect) : 'retry',
    fault.reason === 'timed-out' ? 'timed-out' : 'unavailable',
    { providerCode: fault.code },
  );
}

/** The meaning of a success whose body is not what PayPal documents: whatever was asked for may be done. */
export function failureOfUnreadable(status: number, effect: Effect, debugId?: string): ProviderFailure {
  return new ProviderFailure(inDoubt(effect), 'unavailable', {
    providerCode: `HTTP_${status}/UNREADABLE`,
    ...(debugId !== undefined && { debugId }),
  });
}

function meaningOf(refusal: Refusal, effect: Effect): Meaning {
  if (refusal.status === 429) {
    return [(refusal.retryAfterMs ?? RATE_LIMIT_WAIT_MS) > SHORT_WAIT_MS ? 'wait-long' : 'retry', 'rate-limited'];
  }
  // The issue is finer than the name, so the last known word decides.
  const known = refusal.codes.filter((code) => Object.hasOwn(MEANINGS, code)).map((code) => MEANINGS[code]);
  const meaning = known.at(-1) ?? STATUS_MEANINGS[refusal.status];
  if (meaning) return meaning[0] === 'unknown' ? [inDoubt(effect), meaning[1]] : meaning;
  if (refusal.status === 409) return [inDoubt(effect), 'in-progress'];
  return [inDoubt(effect), refusal.status === 408 || refusal.status === 504 ? 'timed-out' : 'unavailable'];
}

function inDoubt(effect: Effect): Outcome {
  return effect === 'moves' ? 'unknown' : 'retry';
}

function waitOf({ retryAfterMs }: Refusal, reason: Reason): { retryAfterMs?: number } {
  if (retryAfterMs !== undefined) return { retryAfterMs };
  if (reason === 'rate-limited') return { retryAfterMs: RATE_LIMIT_WAIT_MS };
  return reason === 'in-progress' ? { retryAfterMs: IN_PROGRESS_WAIT_MS } : {};
}
