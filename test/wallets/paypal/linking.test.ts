import { authorizeUrl, passwordResetUrl } from '../../../src/wallets/paypal';
import { clientAt, closeServers, failureOf, startRecordingServer } from './recording-server';
import type { Recorded, RecordingServer, Reply } from './recording-server';

let server: RecordingServer;
afterEach(closeServers);

async function answering(reply: (request: Recorded) => Reply, grant?: (request: Recorded) => Reply) {
  server = await startRecordingServer(reply, grant);
  return clientAt(server.url);
}

const LOGIN = { code: 'C21AA', redirectUri: 'https://app.example/link/return', codeVerifier: 'v'.repeat(43) };

describe('logging in with PayPal', () => {
  it('begins at an address that names us, what we ask for, and the proof to come', () => {
    const url = new URL(
      authorizeUrl({
        webUrl: 'https://www.sandbox.paypal.com/',
        clientId: 'client',
        redirectUri: LOGIN.redirectUri,
        state: 's',
        nonce: 'n',
        codeChallenge: 'c',
      }),
    );
    expect(url.origin + url.pathname).toBe('https://www.sandbox.paypal.com/signin/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      flowEntry: 'static',
      client_id: 'client',
      response_type: 'code',
      scope: 'openid profile email address https://uri.paypal.com/services/paypalattributes',
      redirect_uri: LOGIN.redirectUri,
      state: 's',
      nonce: 'n',
      code_challenge: 'c',
      code_challenge_method: 'S256',
    });
    expect(passwordResetUrl('https://www.paypal.com/')).toBe('https://www.paypal.com/authflow/password-recovery/');
  });
});

describe('who logged in', () => {
  const CLAIMS = {
    user_id: 'https://www.paypal.com/webapps/auth/identity/user/mWq6_1sU85v5EG9yHdPxJRrhGHrnMJ-1PQKtX6pcsmA',
    name: 'Dana Reyes',
    payer_id: 'WDJJHEBZ4X2LY',
    email: 'dana@example.com',
    address: { country: 'US' },
    verified_account: 'true',
  };

  it('is read with the token that the code brought', async () => {
    const client = await answering(
      () => ({ json: CLAIMS }),
      () => ({ json: { access_token: 'user-token', expires_in: 900, token_type: 'Bearer' } }),
    );
    expect(await client.identify(LOGIN)).toEqual({
      payerId: 'WDJJHEBZ4X2LY',
      name: 'Dana Reyes',
      email: 'dana@example.com',
      country: 'US',
      verified: true,
    });
    expect(Object.fromEntries(new URLSearchParams(server.tokens[0]?.body))).toEqual({
      grant_type: 'authorization_code',
      code: LOGIN.code,
      redirect_uri: LOGIN.redirectUri,
      code_verifier: LOGIN.codeVerifier,
    });
    expect(server.calls[0]).toMatchObject({
      method: 'GET',
      path: '/v1/identity/openidconnect/userinfo?schema=openid',
      headers: { authorization: 'Bearer user-token' },
    });
  });

  it("is read from PayPal's own schema as well", async () => {
    const { email, ...rest } = CLAIMS;
    const emails = [{ value: 'old@example.com' }, { value: email, primary: 'true', confirmed: 'true' }];
    const client = await answering(() => ({ json: { ...rest, emails, address: undefined, verified_account: false } }));
    expect(await client.identify(LOGIN)).toMatchObject({ email: 'dana@example.com', country: 'ZZ', verified: false });
  });

  it('cannot be read with a code that was used: the person logs in again', async () => {
    const client = await answering(
      () => ({ json: CLAIMS }),
      () => ({ status: 400, json: { error: 'invalid_grant', error_description: 'code expired' } }),
    );
    expect(await failureOf(client.identify(LOGIN))).toMatchObject({
      outcome: 'needs-person',
      reason: 'payer-action-required',
    });
  });

  it('cannot be read without payer id and e-mail: the person logs in again', async () => {
    const client = await answering(() => ({ json: { name: 'Dana Reyes' } }));
    expect(await failureOf(client.identify(LOGIN))).toMatchObject({ outcome: 'needs-person' });
  });
});

describe('the consent to be charged', () => {
  const BEGIN = {
    key: 'l1:setup',
    returnUrl: 'https://app.example/link/done',
    cancelUrl: 'https://app.example/link/no',
  };

  const setupAt = (approve: string): Reply => ({
    status: 201,
    json: { id: '4G4976650J0948357', status: 'PAYER_ACTION_REQUIRED', links: [{ rel: 'approve', href: approve }] },
  });

  const PAYMENT_TOKEN = {
    id: '8kk8451t',
    customer: { id: 'customer_4029352050' },
    payment_source: { paypal: { email_address: 'dana@example.com', payer_id: 'WDJJHEBZ4X2LY' } },
  };

  const USED: Reply = {
    status: 422,
    json: { name: 'UNPROCESSABLE_ENTITY', details: [{ issue: 'SETUP_TOKEN_ALREADY_TOKENIZED' }] },
  };

  it('begins with a setup token and the address where the person approves', async () => {
    const client = await answering(() => setupAt(`${server.url}/agreements/approve?approval_session_id=4G4`));
    expect(await client.beginVault(BEGIN)).toEqual({
      setupId: '4G4976650J0948357',
      approveUrl: `${server.url}/agreements/approve?approval_session_id=4G4`,
    });
    expect(server.calls[0]?.headers['paypal-request-id']).toBe('l1:setup');
    expect(JSON.parse(server.calls[0]?.body ?? '')).toMatchObject({
      payment_source: {
        paypal: {
          usage_type: 'MERCHANT',
          experience_context: { return_url: BEGIN.returnUrl, cancel_url: BEGIN.cancelUrl },
        },
      },
    });
  });

  it.each(['https://evil.example/agreements/approve', 'javascript:alert(1)', 'http://127.0.0.1.evil.example/'])(
    'never sends the person to %s',
    async (address) => {
      const client = await answering(() => setupAt(address));
      expect(await failureOf(client.beginVault(BEGIN))).toMatchObject({ outcome: 'final' });
    },
  );

  it('becomes a payment token once approved', async () => {
    const client = await answering(() => ({ status: 201, json: PAYMENT_TOKEN }));
    expect(await client.completeVault({ key: 'l1:token', setupId: '4G4976650J0948357' })).toEqual({
      token: '8kk8451t',
      customerId: 'customer_4029352050',
      payerId: 'WDJJHEBZ4X2LY',
      email: 'dana@example.com',
    });
    expect(JSON.parse(server.calls[0]?.body ?? '')).toEqual({
      payment_source: { token: { id: '4G4976650J0948357', type: 'SETUP_TOKEN' } },
    });
  });

  it('needs the person while it is not approved', async () => {
    const details = [{ issue: 'PAYER_ACTION_REQUIRED' }];
    const client = await answering(() => ({ status: 422, json: { name: 'UNPROCESSABLE_ENTITY', details } }));
    expect(await failureOf(client.completeVault({ key: 'k', setupId: '4G4' }))).toMatchObject({
      outcome: 'needs-person',
      reason: 'payer-action-required',
    });
  });

  it('that an earlier call completed is found again', async () => {
    const client = await answering(({ method, path }) => {
      if (method === 'POST') return USED;
      if (path.startsWith('/v3/vault/setup-tokens/')) return { json: { id: '4G4', customer: PAYMENT_TOKEN.customer } };
      return { json: { customer: PAYMENT_TOKEN.customer, payment_tokens: [PAYMENT_TOKEN] } };
    });
    expect(await client.completeVault({ key: 'k', setupId: '4G4' })).toMatchObject({ token: '8kk8451t' });
    expect(server.calls.map(({ path }) => path).slice(1)).toEqual([
      '/v3/vault/setup-tokens/4G4',
      '/v3/vault/payment-tokens?customer_id=customer_4029352050',
    ]);
  });

  it('that an earlier call completed is not guessed where the customer has two', async () => {
    const client = await answering(({ method, path }) => {
      if (method === 'POST') return USED;
      if (path.startsWith('/v3/vault/setup-tokens/')) return { json: { id: '4G4', customer: PAYMENT_TOKEN.customer } };
      return { json: { payment_tokens: [PAYMENT_TOKEN, PAYMENT_TOKEN] } };
    });
    expect(await failureOf(client.completeVault({ key: 'k', setupId: '4G4' }))).toMatchObject({
      outcome: 'already-done',
    });
  });

  it.each([
    ['with success', { status: 204 }],
    ['that it does not exist (404)', { status: 404 }],
    [
      'that it does not exist (400)',
      { status: 400, json: { name: 'INVALID_REQUEST', details: [{ issue: 'INVALID_RESOURCE_ID' }] } },
    ],
  ])('is ended by a deletion that PayPal answers %s', async (_, reply) => {
    const client = await answering(() => reply);
    await client.removeVault('8kk8451t');
    expect(server.calls[0]).toMatchObject({ method: 'DELETE', path: '/v3/vault/payment-tokens/8kk8451t' });
  });

  it('is not ended while PayPal cannot say so', async () => {
    const client = await answering(() => ({ status: 500 }));
    expect(await failureOf(client.removeVault('8kk8451t'))).toMatchObject({ outcome: 'unknown' });
  });
});
