import { z } from 'zod';
import { ProviderFailure } from '../../../domain/outcomes';
import { failureOfFault, failureOfRefusal, failureOfUnreadable } from '../outcomes';
import type { Effect } from '../outcomes';
import { headerOf, parseJson, readRefusal } from '../refusal';
import { exchange, TransportFault } from './exchange';
import type { Answer, Request } from './exchange';
import { createTokenSource } from './oauth';
import type { GrantedToken } from './oauth';

/** One call of PayPal's REST API. */
export interface Call<Body> {
  method: 'GET' | 'POST' | 'DELETE';
  /** Path below the API's address, made by {@link pathOf} where ids are in it. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** `PayPal-Request-Id`: the same key is effective once, for as long as the API remembers it. */
  key?: string;
  /** Asks for the whole resource instead of its id and status (`Prefer: return=representation`). */
  whole?: boolean;
  effect: Effect;
  /** What must be in the answer. Fields it does not name are ignored. */
  answer: z.ZodType<Body>;
}

/** Form fields of the token endpoint. */
export type Grant = Record<string, string> & { grant_type: string };

/** PayPal's REST API behind its address and our credentials. Both methods throw `ProviderFailure` and nothing else. */
export interface PayPalHttp {
  call<Body>(call: Call<Body>): Promise<Body>;
  /** Reads with a person's own access token instead of ours. */
  callAs<Body>(userToken: string, call: Call<Body>): Promise<Body>;
  /** Exchanges a grant for an access token. */
  grant(grant: Grant): Promise<GrantedToken>;
}

export interface HttpOptions {
  apiUrl: string;
  clientId: string;
  clientSecret: string;
  timeoutMs: number;
  traceHeaders: () => Record<string, string>;
  now: () => number;
}

/** The longest answer the client reads. A full page of 500 transactions is below 1 MB. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/** The caller of PayPal's REST API: authorisation, one repetition with a fresh token after 401, limits, and outcomes. */
export function createPayPalHttp(options: HttpOptions): PayPalHttp {
  const base = options.apiUrl.replace(/\/+$/, '');
  const tokens = createTokenSource(() => grant({ grant_type: 'client_credentials' }), options.now);

  async function send(request: Request, effect: Effect): Promise<Answer> {
    try {
      return await exchange(request, { timeoutMs: options.timeoutMs, maxBytes: MAX_BODY_BYTES });
    } catch (error) {
      throw error instanceof TransportFault ? failureOfFault(error, effect) : error;
    }
  }

  async function grant(fields: Grant): Promise<GrantedToken> {
    const credentials = Buffer.from(`${options.clientId}:${options.clientSecret}`).toString('base64');
    const answer = await send(
      {
        method: 'POST',
        url: new URL(`${base}/v1/oauth2/token`),
        headers: {
          ...options.traceHeaders(),
          accept: 'application/json',
          authorization: `Basic ${credentials}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams(fields).toString(),
      },
      // A token nobody received moves nothing.
      'reads',
    );
    const granted = read(answer, tokenAnswer, 'reads');
    return { token: granted.access_token, lifeMs: granted.expires_in * 1_000 };
  }

  function sendCall(token: string, call: Call<unknown>): Promise<Answer> {
    const query = call.query ? `?${new URLSearchParams(call.query).toString()}` : '';
    return send(
      {
        method: call.method,
        url: new URL(`${base}${call.path}${query}`),
        headers: {
          ...options.traceHeaders(),
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(call.body !== undefined && { 'content-type': 'application/json' }),
          ...(call.key !== undefined && { 'paypal-request-id': call.key }),
          ...(call.whole === true && { prefer: 'return=representation' }),
        },
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      },
      call.effect,
    );
  }

  return {
    grant,
    async call(call) {
      const token = await tokens.current();
      const answer = await sendCall(token, call);
      if (answer.status !== 401) return read(answer, call.answer, call.effect);
      tokens.drop(token);
      return read(await sendCall(await tokens.current(), call), call.answer, call.effect);
    },
    async callAs(userToken, call) {
      return read(await sendCall(userToken, call), call.answer, call.effect);
    },
  };
}

function read<Body>(answer: Answer, schema: z.ZodType<Body>, effect: Effect): Body {
  if (answer.status < 200 || answer.status > 299) throw failureOfRefusal(readRefusal(answer), effect);
  const parsed = schema.safeParse(parseJson(answer.body));
  if (!parsed.success) throw unreadable(answer, effect);
  return parsed.data;
}

function unreadable(answer: Answer, effect: Effect): ProviderFailure {
  return failureOfUnreadable(answer.status, effect, headerOf(answer, 'paypal-debug-id'));
}

/** PayPal's ids: letters, digits, `-` and `_` (vault ids are the longest, up to 255). */
const ID = /^[\w-]{1,255}$/;

/**
 * Joins a path and the ids in it.
 * @throws ProviderFailure `final` for an id that could name another resource; nothing is sent then.
 */
export function pathOf(strings: TemplateStringsArray, ...ids: string[]): string {
  if (!ids.every((id) => ID.test(id))) {
    throw new ProviderFailure('final', 'invalid-request', { providerCode: 'ID_NOT_WELL_FORMED' });
  }
  return strings.reduce((path, text, at) => `${path}${ids[at - 1] ?? ''}${text}`);
}
