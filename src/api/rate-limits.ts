import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Problem } from './problem';

const MINUTE_MS = 60_000;

interface Counting {
  keyOf?: (request: Request) => string;
  /** What whoever is refused reads. */
  detail?: string;
}

/**
 * Lets through so many requests a minute, counted by `keyOf` (the caller's address by default), and answers 429 to the
 * rest. Counts in this process only: a brake against runaway pages, not a promise.
 */
export function perMinute(
  limit: number,
  { keyOf = addressOf, detail = 'Wait a minute and try again.' }: Counting = {},
): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    keyGenerator: keyOf,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: () => {
      throw new Problem(429, {
        code: 'too_many',
        title: 'Too many requests',
        detail,
      });
    },
  });
}

function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}
