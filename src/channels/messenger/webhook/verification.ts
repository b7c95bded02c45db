import { createHash, timingSafeEqual } from 'node:crypto';

/** Meta's challenge is an integer; a little more is let through, but nothing that a browser could take for markup. */
const CHALLENGE = /^[\w.-]{1,200}$/;

/**
 * Answers Meta's verification of the webhook (a GET with `hub.mode`, `hub.verify_token` and `hub.challenge`): gives the
 * challenge to send back, or `undefined` where the request is not Meta's and deserves a 403. The token is compared in
 * constant time.
 */
export function answerVerification(query: Record<string, unknown>, verifyToken: string): string | undefined {
  const token = query['hub.verify_token'];
  const challenge = query['hub.challenge'];
  if (query['hub.mode'] !== 'subscribe' || verifyToken === '' || typeof token !== 'string') return undefined;
  if (!isSame(token, verifyToken)) return undefined;
  return typeof challenge === 'string' && CHALLENGE.test(challenge) ? challenge : undefined;
}

/** Hashing first makes both sides equally long, as the constant-time comparison needs. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
