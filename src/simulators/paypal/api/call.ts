import type { World } from '../state/world';
import type { IssueTable } from './refusal';

/** A request as it came over the wire. Header names are in lower case. */
export interface Request {
  method: string;
  /** Path without query. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string | undefined>;
  /** Parsed JSON or form; undefined where there was none. */
  body?: unknown;
  /** The body's bytes as text. */
  rawBody: string;
  /** Why the body could not be read. */
  bodyProblem?: 'malformed' | 'media-type';
}

/** Who calls, according to the bearer token or the Basic credentials. */
export interface Caller {
  clientId: string;
  /** Set for a token that a person's consent gave. */
  payerId?: string;
  scope: string;
}

/** A request that has found its operation and its caller. */
export interface Call extends Request {
  operation: Operation;
  params: Record<string, string>;
  caller: Caller;
}

/** What is sent back. Without `body` the answer is empty. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** The resource that a repeated PayPal-Request-Id leads to. */
  resource?: string;
}

/** Which of PayPal's dialects an operation speaks, above all in its errors. */
export type Dialect = 'orders' | 'payments' | 'vault' | 'payouts' | 'reporting' | 'webhooks' | 'disputes' | 'identity';

/** How an operation treats PayPal-Request-Id. */
export interface KeyRule {
  /** For how long a key is remembered, in milliseconds of the simulator's clock. */
  lifeMs: number;
  /** Whether this call must carry one. */
  required: (call: Call) => boolean;
  /** What a repeat with another body gives: the first resource, or a refusal. */
  otherBody: 'first-resource' | 'refuse';
  /** Status while the first call with the key is still being carried out. */
  inFlightStatus: 409 | 422;
  /** The answer to a repeat: the latest state of the first call's resource. */
  again: (world: World, resource: string, call: Call) => Answer;
}

/** One row of the API's table of operations. */
export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With `{name}` for what varies. */
  path: string;
  dialect: Dialect;
  /** `app`: bearer token of the application; `user`: of a person; `basic`: client id and secret; `none`: anybody. */
  access: 'app' | 'user' | 'basic' | 'none';
  key?: KeyRule;
  /** Its issues with PayPal's words. */
  issues?: IssueTable;
  /** Takes the header PayPal-Mock-Response. */
  mockable?: boolean;
  /** Carries the call out, all or nothing. Throws {@link Refusal} before it changes anything. */
  run: (world: World, call: Call) => Answer;
}

/** Whether the caller wants the whole resource (`Prefer: return=representation`); PayPal's default is the minimum. */
export const wantsRepresentation = (call: Call): boolean =>
  (call.headers['prefer'] ?? '').includes('return=representation');
