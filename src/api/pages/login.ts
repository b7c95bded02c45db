import { createHash, randomBytes } from 'node:crypto';
import type { Response } from 'express';
import { capability } from '../../identity';
import { authorizeUrl } from '../../wallets/paypal/authorize-url';

/** Where people log in, and what they come back to. */
export interface LoginPages {
  paypal: { webUrl: string; clientId: string };
  /** Our page that PayPal sends the browser back to. */
  returnUrl: string;
  /** Ties what follows to the browser that went to the login; sent to `path` alone. */
  cookie: { name: string; path: string };
  /** Whether to log in even where PayPal still knows the person. */
  fresh?: boolean;
}

/** The secrets of one login: the state that comes back, what proves that the code is ours, and whose browser it is. */
export interface LoginSecrets {
  loginState: string;
  codeVerifier: string;
  browser: string;
}

export function newLogin(): LoginSecrets {
  return { loginState: capability(), codeVerifier: randomBytes(32).toString('base64url'), browser: capability() };
}

/** Sends the browser to "Log in with PayPal", with PKCE (RFC 7636) and a cookie by which it is known again. */
export function goToLogin(
  response: Response,
  { paypal, returnUrl, cookie, fresh }: LoginPages,
  { loginState, codeVerifier, browser }: LoginSecrets,
): void {
  const secure = returnUrl.startsWith('https:');
  response.cookie(cookie.name, browser, { httpOnly: true, sameSite: 'lax', path: cookie.path, secure });
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  response.redirect(303, authorizeUrl({ ...paypal, redirectUri: returnUrl, state: loginState, codeChallenge, fresh }));
}
