/** A code that the sign-in page sends back; good for one exchange. */
export interface AuthorizationCode {
  code: string;
  clientId: string;
  payerId: string;
  scope: string;
  redirectUri: string;
  nonce?: string;
  /** PKCE (RFC 7636), S256 only. */
  codeChallenge?: string;
  createdAt: number;
}

/** What a bearer token opens. Without `payerId` it is the application's own. */
export interface AccessToken {
  token: string;
  clientId: string;
  scope: string;
  payerId?: string;
  expiresAt: number;
}

export interface RefreshToken {
  token: string;
  clientId: string;
  payerId: string;
  scope: string;
}

/** A person's consent to be known to the application. */
export interface Consent {
  payerId: string;
  clientId: string;
  scope: string;
  givenAt: number;
}

/** A browser in which somebody has signed in. */
export interface BrowserSession {
  id: string;
  payerId: string;
  signedInAt: number;
}
