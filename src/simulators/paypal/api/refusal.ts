import { newDebugId } from '../state/ids';
import type { Answer, Dialect, Operation } from './call';

/** An operation's issues: status and description as PayPal publishes them. */
export type IssueTable = Readonly<Record<string, { status: number; description?: string }>>;

/** One entry of an error's `details`. */
export interface ErrorDetail {
  issue: string;
  description?: string;
  field?: string;
  value?: string;
  location?: 'body' | 'path' | 'query';
  /** Payouts only: where the resource is that is in the way. */
  link?: { href: string; rel: string; method: string }[];
}

/** A call that PayPal refuses. Thrown by operations before they change anything. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    /** PayPal's name of the error, such as UNPROCESSABLE_ENTITY. */
    readonly errorName: string,
    readonly details: ErrorDetail[] = [],
    readonly overrides: { status?: number; message?: string } = {},
  ) {
    super(errorName);
  }
}

interface ErrorName {
  status: number;
  message: string;
}

/** The names that all newer APIs share, with their fixed messages. */
const COMMON_NAMES: Record<string, ErrorName> = {
  INVALID_REQUEST: {
    status: 400,
    message: 'Request is not well-formed, syntactically incorrect, or violates schema.',
  },
  AUTHENTICATION_FAILURE: {
    status: 401,
    message: 'Authentication failed due to missing authorization header, or invalid authentication credentials.',
  },
  NOT_AUTHORIZED: { status: 403, message: 'Authorization failed due to insufficient permissions.' },
  RESOURCE_NOT_FOUND: { status: 404, message: 'The specified resource does not exist.' },
  RESOURCE_CONFLICT: { status: 409, message: 'The server has detected a conflict while processing this request.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: "The server does not support the request payload's media type." },
  UNPROCESSABLE_ENTITY: {
    status: 422,
    message: 'The requested action could not be performed, semantically incorrect, or failed business validation.',
  },
  RATE_LIMIT_REACHED: { status: 429, message: 'Too many requests. Blocked due to rate limiting.' },
  INTERNAL_SERVER_ERROR: { status: 500, message: 'An internal server error occurred.' },
  SERVICE_UNAVAILABLE: { status: 503, message: 'Service Unavailable.' },
};

/** Payouts has names of its own (https://developer.paypal.com/docs/api/payments.payouts-batch/#errors). */
const PAYOUT_NAMES: Record<string, ErrorName> = {
  VALIDATION_ERROR: { status: 400, message: 'Invalid request - see details' },
  USER_BUSINESS_ERROR: { status: 400, message: 'User business error.' },
  NON_HOLDING_CURRENCY: { status: 400, message: 'The currency of the payout is not held by the account.' },
  RATE_LIMIT_VALIDATION_FAILURES: { status: 400, message: 'Too many requests failed validation.' },
  BATCH_NOT_COMPLETED: { status: 400, message: 'The batch has not completed yet.' },
  ITEM_ALREADY_CANCELLED: { status: 400, message: 'The payout item is already cancelled.' },
  ITEM_INCORRECT_STATUS: { status: 400, message: 'Only an unclaimed payout item can be cancelled.' },
  ITEM_CANCELLATION_FAILED: { status: 400, message: 'The payout item could not be cancelled.' },
  PREVIOUS_REQUEST_IN_PROGRESS: { status: 400, message: 'A previous request is still in progress.' },
  AUTHORIZATION_ERROR: { status: 403, message: 'Authorization error occurred.' },
  REQUIRED_SCOPE_MISSING: { status: 403, message: 'The access token lacks a required scope.' },
  SENDER_RESTRICTED: { status: 403, message: 'The sender account is restricted.' },
  SENDER_LOCKED: { status: 403, message: 'The sender account is locked.' },
  SENDER_EMAIL_UNCONFIRMED: { status: 403, message: 'The sender has not confirmed the email address.' },
  INSUFFICIENT_FUNDS: { status: 422, message: 'Sender does not have sufficient funds. Please add funds and retry.' },
  INTERNAL_ERROR: { status: 500, message: 'An internal service error occurred.' },
  REQUEST_TIMEOUT_EXCEEDED: { status: 500, message: 'The request took too long.' },
  INVALID_RESOURCE_ID: { status: 404, message: 'Requested resource ID was not found.' },
};

/** A name's status and message in a dialect. */
function nameIn(dialect: Dialect, name: string): ErrorName | undefined {
  const own = dialect === 'payouts' || dialect === 'webhooks' ? PAYOUT_NAMES[name] : undefined;
  return own ?? COMMON_NAMES[name];
}

/** The name that goes with a status where nothing more is known. */
export function nameOfStatus(dialect: Dialect, status: number): string {
  if (dialect === 'payouts' && status === 400) return 'VALIDATION_ERROR';
  if (dialect === 'payouts' && status === 500) return 'INTERNAL_ERROR';
  const found = Object.entries(COMMON_NAMES).find(([, known]) => known.status === status);
  return found?.[0] ?? (status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'INVALID_REQUEST');
}

/** The refusal for an issue of the operation, in PayPal's words. An issue that its table lacks is our mistake. */
export function refuse(operation: Operation, issue: string, more: Partial<ErrorDetail> = {}): Refusal {
  const known = operation.issues?.[issue];
  if (!known) throw new Error(`${operation.method} ${operation.path} has no issue ${issue}`);
  const { status, description } = known;
  const detail = { ...more, issue, ...(description === undefined ? {} : { description }) };
  return new Refusal(nameOfStatus(operation.dialect, status), [detail], { status });
}

const DOCUMENTATION: Record<Dialect, string> = {
  orders: 'https://developer.paypal.com/docs/api/orders/v2/',
  payments: 'https://developer.paypal.com/docs/api/payments/v2/',
  vault: 'https://developer.paypal.com/docs/api/payment-tokens/v3/',
  payouts: 'https://developer.paypal.com/docs/api/payments.payouts-batch/',
  reporting: 'https://developer.paypal.com/docs/api/transaction-search/v1/',
  webhooks: 'https://developer.paypal.com/docs/api/webhooks/v1/',
  disputes: 'https://developer.paypal.com/docs/api/customer-disputes/v1/',
  identity: 'https://developer.paypal.com/docs/api/identity/v1/',
};

const OAUTH_ERRORS: Record<string, { status: number; text: string }> = {
  invalid_client: { status: 401, text: 'Client Authentication failed' },
  invalid_token: { status: 401, text: 'Token signature verification failed' },
  invalid_grant: { status: 400, text: 'Invalid authorization code or refresh token' },
  invalid_request: { status: 400, text: 'The request is missing a required parameter' },
  unsupported_grant_type: { status: 400, text: 'Grant Type is NULL or not supported' },
};

/** Refuses a call of the OAuth endpoints, which have an error shape of their own (RFC 6749, 5.2). */
export function oauthAnswer(error: string, status?: number, text?: string): Answer {
  const known = OAUTH_ERRORS[error];
  return {
    status: status ?? known?.status ?? 400,
    body: { error, error_description: text ?? known?.text ?? error },
    headers: { 'paypal-debug-id': newDebugId() },
  };
}

/** The answer to a refused call: body, debug id and status of the dialect. */
export function errorAnswer(dialect: Dialect, { errorName, details, overrides }: Refusal): Answer {
  const known = nameIn(dialect, errorName);
  const status = overrides.status ?? known?.status ?? 500;
  const debugId = newDebugId();
  const headers: Record<string, string> = { 'paypal-debug-id': debugId };
  if (status === 429) headers['retry-after'] = '1';
  // Payments v2 documents no body for an internal error.
  if (dialect === 'payments' && status === 500) return { status, headers };
  const information = `${DOCUMENTATION[dialect]}#errors`;
  const older = dialect === 'payouts' || dialect === 'webhooks';
  const body = {
    name: errorName,
    message: overrides.message ?? known?.message ?? errorName,
    debug_id: debugId,
    ...(older ? { information_link: information } : {}),
    ...(details.length > 0 ? { details } : {}),
    ...(older ? {} : { links: [{ href: information, rel: 'information_link', method: 'GET' }] }),
  };
  return { status, body, headers };
}
