import { z } from 'zod';
import type { Answer } from './transport/exchange';

/** What is worth knowing of an answer that is not a success. Holds no value PayPal quoted back to us. */
export interface Refusal {
  status: number;
  /** PayPal's `name` first, then every `issue` of its details; for OAuth its `error`. Empty for a foreign body. */
  codes: string[];
  debugId?: string;
  retryAfterMs?: number;
  /** The id of what exists already, where the answer links to it. */
  existing?: string;
}

const link = z.object({ href: z.string() });
const errorBody = z.object({
  name: z.string().optional(),
  error: z.string().optional(),
  debug_id: z.string().optional(),
  details: z
    .array(z.object({ issue: z.string().optional(), link: z.array(link).optional(), links: z.array(link).optional() }))
    .optional()
    .catch(undefined),
});

/** Longest code that is kept, in characters: PayPal's are shorter, and a foreign server's body must not fill a log. */
const MAX_CODE_LENGTH = 80;

/** Reads PayPal's error body (`name`, `details[].issue`) or OAuth's (`error`); any other body leaves the status alone. */
export function readRefusal(answer: Answer): Refusal {
  const parsed = errorBody.safeParse(parseJson(answer.body));
  const body = parsed.success ? parsed.data : {};
  const details = body.details ?? [];
  const codes = [body.name ?? body.error, ...details.map((detail) => detail.issue)];
  const existing = details.flatMap((detail) => [...(detail.link ?? []), ...(detail.links ?? [])])[0]?.href;
  const debugId = body.debug_id ?? headerOf(answer, 'paypal-debug-id');
  const retryAfterMs = readRetryAfter(headerOf(answer, 'retry-after'));
  return {
    status: answer.status,
    codes: codes.filter((code) => code !== undefined).map((code) => code.slice(0, MAX_CODE_LENGTH)),
    ...(debugId !== undefined && { debugId: debugId.slice(0, MAX_CODE_LENGTH) }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(existing !== undefined && { existing: lastSegment(existing) }),
  };
}

/** Parses JSON; `undefined` for anything else. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The value of a header that occurs once. */
export function headerOf(answer: Answer, name: string): string | undefined {
  const value = answer.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function lastSegment(address: string): string {
  return address.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
}

/** RFC 9110 10.2.3: seconds, or a date. */
function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
