import { createHash, createHmac } from 'node:crypto';
import { APP_SCOPE } from '../api/authentication';
import type { Answer, Call, Operation } from '../api/call';
import { oauthAnswer } from '../api/refusal';
import { newResourceId, newSecret } from '../state/ids';
import type { AuthorizationCode } from '../state/sign-in-records';
import type { World } from '../state/world';

/** Lives of tokens in seconds: nine hours for an application's own, 15 minutes for a person's. */
const APP_TOKEN_SECONDS = 32_400;
const USER_TOKEN_SECONDS = 900;

/** A code from the sign-in page is good for ten minutes and one exchange (RFC 6749, 4.1.2). */
const CODE_LIFE_MS = 600_000;

const APP_ID = 'APP-80W284485P519543T';

type Form = Record<string, string | undefined>;

function issueToken(world: World, clientId: string, scope: string, seconds: number, payerId?: string): string {
  const token = newSecret('A21AA');
  world.accessTokens.set(token, {
    token,
    clientId,
    scope,
    ...(payerId === undefined ? {} : { payerId }),
    expiresAt: world.now() + seconds * 1000,
  });
  return token;
}

const granted = (body: Record<string, unknown>): Answer => ({
  status: 200,
  body,
  headers: { 'cache-control': 'no-store' },
});

function forApplication(world: World, { caller }: Call): Answer {
  return granted({
    scope: APP_SCOPE,
    access_token: issueToken(world, caller.clientId, APP_SCOPE, APP_TOKEN_SECONDS),
    token_type: 'Bearer',
    app_id: APP_ID,
    expires_in: APP_TOKEN_SECONDS,
    nonce: `${new Date(world.now()).toISOString()}${newResourceId()}`,
  });
}

/** The proof of PKCE (RFC 7636, 4.6): the verifier hashes to the challenge that came with the sign-in. */
function proven({ codeChallenge }: AuthorizationCode, verifier: string | undefined): boolean {
  if (codeChallenge === undefined) return true;
  return verifier !== undefined && createHash('sha256').update(verifier).digest('base64url') === codeChallenge;
}

/** An OpenID Connect id token, signed with the client's secret (HS256). */
function idToken(world: World, code: AuthorizationCode): string {
  const seconds = Math.floor(world.now() / 1000);
  const claims = {
    iss: world.settings.baseUrl,
    sub: code.payerId,
    aud: code.clientId,
    iat: seconds,
    auth_time: Math.floor(code.createdAt / 1000),
    exp: seconds + USER_TOKEN_SECONDS,
    ...(code.nonce === undefined ? {} : { nonce: code.nonce }),
  };
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  const signature = createHmac('sha256', world.settings.clientSecret).update(signed).digest('base64url');
  return `${signed}.${signature}`;
}

function forCode(world: World, call: Call, form: Form): Answer {
  const code = world.codes.get(form['code'] ?? '');
  if (!code || code.createdAt + CODE_LIFE_MS <= world.now() || code.clientId !== call.caller.clientId) {
    return oauthAnswer('invalid_grant');
  }
  if (form['redirect_uri'] !== undefined && form['redirect_uri'] !== code.redirectUri)
    return oauthAnswer('invalid_grant');
  if (!proven(code, form['code_verifier'])) return oauthAnswer('invalid_grant');
  world.codes.delete(code.code);
  const { payerId, clientId, scope } = code;
  const refreshToken = newSecret('R23AA');
  world.refreshTokens.set(refreshToken, { token: refreshToken, clientId, payerId, scope });
  world.consents.set(payerId, { payerId, clientId, scope, givenAt: world.now() });
  return granted({
    scope,
    access_token: issueToken(world, clientId, scope, USER_TOKEN_SECONDS, payerId),
    token_type: 'Bearer',
    expires_in: USER_TOKEN_SECONDS,
    refresh_token: refreshToken,
    nonce: code.nonce ?? `${new Date(world.now()).toISOString()}${newResourceId()}`,
    ...(scope.split(' ').includes('openid') ? { id_token: idToken(world, code) } : {}),
  });
}

function forRefresh(world: World, call: Call, form: Form): Answer {
  const known = world.refreshTokens.get(form['refresh_token'] ?? '');
  if (!known || known.clientId !== call.caller.clientId) return oauthAnswer('invalid_grant');
  const { clientId, payerId, scope } = known;
  // No new refresh token: PayPal's stays the same.
  return granted({
    scope,
    access_token: issueToken(world, clientId, scope, USER_TOKEN_SECONDS, payerId),
    token_type: 'Bearer',
    expires_in: USER_TOKEN_SECONDS,
    nonce: `${new Date(world.now()).toISOString()}${newResourceId()}`,
  });
}

const GRANTS: Readonly<Record<string, (world: World, call: Call, form: Form) => Answer>> = {
  client_credentials: forApplication,
  authorization_code: forCode,
  refresh_token: forRefresh,
};

/** `POST /v1/oauth2/token` with a form, HTTP Basic credentials of the client. */
export const TOKEN_OPERATION: Operation = {
  method: 'POST',
  path: '/v1/oauth2/token',
  dialect: 'identity',
  access: 'basic',
  run(world, call) {
    const form = (call.body ?? {}) as Form;
    const grant = GRANTS[form['grant_type'] ?? ''];
    return grant ? grant(world, call, form) : oauthAnswer('unsupported_grant_type');
  },
};
