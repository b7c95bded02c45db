/** What the login page of PayPal is asked for. */
export interface AuthorizeOptions {
  /** Address of PayPal's own pages: `https://www.paypal.com`, or `https://www.sandbox.paypal.com`. */
  webUrl: string;
  clientId: string;
  redirectUri: string;
  /** Comes back unchanged; ties the answer to the session that asked. */
  state: string;
  nonce?: string;
  /** RFC 7636, method S256: the hash of the verifier that the code exchange will show. */
  codeChallenge: string;
  /** Ask for the login even where the person is still logged in (OpenID Connect, `prompt` and `max_age`). */
  fresh?: boolean;
}

/** Name, e-mail and country, and the payer id with the verified flag, which only PayPal's own scope gives. */
const SCOPES = 'openid profile email address https://uri.paypal.com/services/paypalattributes';

/** The address of "Log in with PayPal" (PayPal, Log in with PayPal, "Build the button"). Grants no payment permission. */
export function authorizeUrl(options: AuthorizeOptions): string {
  const { webUrl, clientId, redirectUri, state, nonce, codeChallenge, fresh = false } = options;
  const query = new URLSearchParams({
    flowEntry: 'static',
    client_id: clientId,
    response_type: 'code',
    scope: SCOPES,
    redirect_uri: redirectUri,
    state,
    ...(nonce !== undefined && { nonce }),
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    ...(fresh && { prompt: 'login', max_age: '0' }),
  });
  return `${webUrl.replace(/\/+$/, '')}/signin/authorize?${query.toString()}`;
}

/** PayPal's page for a forgotten password. */
export function passwordResetUrl(webUrl: string): string {
  return `${webUrl.replace(/\/+$/, '')}/authflow/password-recovery/`;
}
