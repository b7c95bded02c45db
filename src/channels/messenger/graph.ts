import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { validateHeaderValue } from 'node:http';
import type { Answer } from './exchange';
import { AnswerLost, createExchange } from './exchange';
import { failureOf, failureOfLoss, failureOfUnreadable } from './outcomes';
import type { Fields } from './fields';
import { field, idOf, objectOf } from './fields';

/** The version whose reference the code follows; Meta keeps a version for two years. */
export const GRAPH_VERSION = 'v25.0';
/** Sends take a few hundred milliseconds; after this long an answer is not worth the wait. */
const TIMEOUT_MS = 10_000;
const MINUTE_MS = 60_000;

export interface GraphOptions {
  /** Without version: `https://graph.facebook.com`. */
  apiUrl: string;
  version?: string;
  appSecret: string;
  pageToken: string;
  /** For one call, from start to the last byte of the answer. Default 10 s. */
  timeoutMs?: number;
  /** Headers that carry the trace on, asked for at each call. */
  traceHeaders?: () => Record<string, string>;
}

export interface GraphCall {
  method: 'GET' | 'POST';
  /** Segments below the version. */
  path: string[];
  query?: Record<string, string>;
  body?: object;
  /** True when making the call twice does no harm; a lost answer is then no reason to stop. */
  repeatable: boolean;
}

/** Makes one call to the Graph API and gives the answer's object. @throws ProviderFailure and nothing else */
export type Graph = (call: GraphCall) => Promise<Fields>;

/**
 * A client of the Graph API. The token goes in a header and its proof in the body wherever there is one, so that a log
 * of addresses holds neither.
 * @throws TypeError at once when the address is none or the token could not stand in a header
 */
export function createGraph(options: GraphOptions): Graph {
  const { apiUrl, version = GRAPH_VERSION, appSecret, pageToken, timeoutMs = TIMEOUT_MS } = options;
  const exchange = createExchange(timeoutMs);
  const base = new URL(`${apiUrl.replace(/\/+$/, '')}/${version}`);
  const authorization = `Bearer ${pageToken}`;
  validateHeaderValue('authorization', authorization);
  const proof = { appsecret_proof: createHmac('sha256', appSecret).update(pageToken).digest('hex') };
  return async ({ method, path, query = {}, body, repeatable }) => {
    const url = new URL([base.href, ...path.map(encodeURIComponent)].join('/'));
    url.search = new URLSearchParams(body ? query : { ...query, ...proof }).toString();
    const headers = { ...options.traceHeaders?.(), accept: 'application/json', authorization };
    const request = body
      ? { body: JSON.stringify({ ...body, ...proof }), headers: { ...headers, 'content-type': 'application/json' } }
      : { headers };
    const answer = await exchange({ method, url, ...request }).catch((error: unknown) => {
      throw error instanceof AnswerLost ? failureOfLoss(error, repeatable) : error;
    });
    return contentOf(answer, repeatable);
  };
}

/** The object an answer of success holds. */
function contentOf(answer: Answer, repeatable: boolean): Fields {
  const content = parsed(answer.text);
  const error = content && objectOf(field(content, 'error'));
  const succeeded = answer.status >= 200 && answer.status < 300 && error === undefined;
  if (!succeeded) throw failureOf(refusalOf(answer, error ?? {}), repeatable);
  if (content === undefined) throw failureOfUnreadable(answer.status, repeatable);
  return content;
}

function refusalOf({ status, headers }: Answer, error: Fields) {
  const header = headers['x-fb-trace-id'];
  const optional = {
    code: idOf(field(error, 'code')),
    subcode: idOf(field(error, 'error_subcode')),
    traceId: idOf(field(error, 'fbtrace_id')) ?? idOf(header),
    retryAfterMs: retryAfterOf(headers),
  };
  const known = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { status, isTransient: field(error, 'is_transient') === true, ...(known as Partial<typeof optional>) };
}

/**
 * How long Meta asks us to wait, in milliseconds: the longest `estimated_time_to_regain_access` (minutes) of the usage
 * header, else `Retry-After` in seconds.
 */
function retryAfterOf(headers: IncomingHttpHeaders): number | undefined {
  const usage = parsed(String(headers['x-business-use-case-usage'] ?? '')) ?? {};
  const waits = Object.values(usage)
    .flatMap((entries) => (Array.isArray(entries) ? entries : []))
    .map((entry) => Number(field(objectOf(entry) ?? {}, 'estimated_time_to_regain_access')))
    .filter((minutes) => minutes > 0);
  if (waits.length > 0) return Math.max(...waits) * MINUTE_MS;
  const seconds = Number(headers['retry-after']);
  return seconds > 0 ? seconds * 1000 : undefined;
}

function parsed(text: string): Fields | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    // Not JSON: the caller decides by the status what such an answer means.
    return undefined;
  }
}
