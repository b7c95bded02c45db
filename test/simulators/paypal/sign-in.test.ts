import { createHash } from 'node:crypto';
import { CLIENT, DANA, SimulatedPayPal, linksOf } from './simulated-paypal';
import type { Reply } from './simulated-paypal';

const RETURN = 'http://127.0.0.1:1/link/return';
const ATTRIBUTES = 'https://uri.paypal.com/services/paypalattributes';

describe('signing in and saving a wallet', () => {
  let paypal: SimulatedPayPal;
  const question = (more: Record<string, string> = {}): Record<string, string> => ({
    client_id: CLIENT.id,
    redirect_uri: RETURN,
    response_type: 'code',
    scope: `openid profile email ${ATTRIBUTES}`,
    state: 'state-1',
    ...more,
  });
  const page = (fields: Record<string, string>, cookie = '') =>
    paypal.request('GET', `/signin/authorize?${new URLSearchParams(fields).toString()}`, undefined, { cookie });
  const agree = (fields: Record<string, string>, email: string) =>
    paypal.form('/signin/authorize', { ...fields, email });
  const returned = ({ headers }: Reply): URLSearchParams => new URL(headers.get('location') ?? '').searchParams;
  const cookieOf = ({ headers }: Reply): string =>
    headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  const exchange = (code: string | null, more: Record<string, string> = {}) =>
    paypal.token({ grant_type: 'authorization_code', code: code ?? '', ...more });
  const userinfo = (token: unknown, path = '/v1/identity/openidconnect/userinfo?schema=openid') =>
    paypal.request('GET', path, undefined, { authorization: `Bearer ${String(token)}` });

  beforeAll(async () => {
    paypal = await SimulatedPayPal.start();
  });
  afterAll(() => paypal.stop());

  test('the page says who asks and what it will see, has a labelled field and the button, and no password', async () => {
    const { status, text } = await page(question());
    expect(status).toBe(200);
    expect(text).toMatch(/PayPal in Messenger<\/strong> asks/);
    expect(text).toContain('Your e-mail address');
    expect(text).toMatch(/<label for="email">Email<\/label>/);
    expect(text).toMatch(/<button type="submit">Agree and Continue<\/button>/);
    expect(text).toContain('Simulation: enter nothing real');
    expect(text).not.toMatch(/type="password"/);
  });

  test('a person agrees, and the application learns who it is', async () => {
    const back = returned(await agree(question({ nonce: 'n-1' }), 'DANA@example.com'));
    expect(back.get('state')).toBe('state-1');
    const { status, body } = await exchange(back.get('code'), { redirect_uri: RETURN });
    expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'Bearer', 900]);
    const claims = JSON.parse(
      Buffer.from(String(body['id_token']).split('.')[1] ?? '', 'base64url').toString(),
    ) as unknown;
    expect(claims).toMatchObject({ aud: CLIENT.id, nonce: 'n-1' });
    const { body: person } = await userinfo(body['access_token']);
    expect(person).toMatchObject({ email: DANA.email, name: DANA.name, verified_account: true });
    expect(String(person['payer_id'])).toMatch(/^[2-9A-HJ-NP-Z]{13}$/);
    const older = await userinfo(body['access_token'], '/v1/identity/oauth2/userinfo?schema=paypalv1.1');
    expect(older.body['emails']).toEqual([{ value: DANA.email, primary: true, confirmed: true }]);
    const refreshed = await paypal.token({ grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) });
    expect([refreshed.status, refreshed.body['refresh_token']]).toEqual([200, undefined]);
  });

  test('a code is good for one exchange and ten minutes', async () => {
    const [first, second] = [
      returned(await agree(question(), DANA.email)),
      returned(await agree(question(), DANA.email)),
    ];
    expect((await exchange(first.get('code'))).status).toBe(200);
    expect((await exchange(first.get('code'))).body['error']).toBe('invalid_grant');
    await paypal.advance('PT11M');
    expect((await exchange(second.get('code'))).body['error']).toBe('invalid_grant');
  });

  test('a code with a PKCE challenge needs its verifier', async () => {
    const verifier = 'a-verifier-that-nobody-guesses-0123456789-abcdef';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const asked = question({ code_challenge: challenge, code_challenge_method: 'S256' });
    const wrong = returned(await agree(asked, DANA.email));
    expect((await exchange(wrong.get('code'), { code_verifier: 'another' })).status).toBe(400);
    const right = returned(await agree(asked, DANA.email));
    expect((await exchange(right.get('code'), { code_verifier: verifier })).status).toBe(200);
    expect((await page(question({ code_challenge: challenge, code_challenge_method: 'plain' }))).status).toBe(400);
  });

  test('an unknown address gets a kind word and the form again', async () => {
    const { status, text } = await agree(question(), 'nobody@example.com');
    expect(status).toBe(422);
    expect(text).toContain('We do not know nobody@example.com.');
    expect(text).toContain('value="nobody@example.com"');
  });

  test('a foreign return address, an unknown client and a script in the address get nowhere', async () => {
    expect((await page(question({ redirect_uri: 'https://evil.example/' }))).status).toBe(400);
    expect((await page(question({ client_id: 'somebody' }))).status).toBe(400);
    const { text } = await agree(question(), '"><script>alert(1)</script>');
    expect(text).not.toContain('<script>');
  });

  test('with registered return addresses no other one is followed', async () => {
    const strict = await SimulatedPayPal.start({ returnUrls: ['https://app.example/link/return'] });
    const ask = (redirect: string) =>
      strict.request(
        'GET',
        `/signin/authorize?${new URLSearchParams(question({ redirect_uri: redirect })).toString()}`,
      );
    expect((await ask('https://app.example/link/return')).status).toBe(200);
    expect((await ask(RETURN)).status).toBe(400);
    await strict.stop();
  });

  test('wrong credentials and unknown grants are refused in the words of OAuth', async () => {
    const wrong = await paypal.token({ grant_type: 'client_credentials' }, { id: CLIENT.id, secret: 'wrong' });
    expect([wrong.status, wrong.body]).toEqual([
      401,
      { error: 'invalid_client', error_description: 'Client Authentication failed' },
    ]);
    expect((await paypal.token({ grant_type: 'password' })).body['error']).toBe('unsupported_grant_type');
  });

  const newSetup = async (): Promise<{ id: string; approve: string }> => {
    const urls = { return_url: 'http://127.0.0.1:1/ok', cancel_url: 'http://127.0.0.1:1/no' };
    const source = { paypal: { usage_type: 'MERCHANT', experience_context: urls } };
    const key = { 'paypal-request-id': paypal.key() };
    const { body } = await paypal.call('POST', '/v3/vault/setup-tokens', { payment_source: source }, key);
    return { id: String(body['id']), approve: linksOf(body).find(({ rel }) => rel === 'approve')?.href ?? '' };
  };
  const keep = (id: string) =>
    paypal.call(
      'POST',
      '/v3/vault/payment-tokens',
      { payment_source: { token: { id, type: 'SETUP_TOKEN' } } },
      { 'paypal-request-id': paypal.key() },
    );

  test('who has just signed in in this browser approves the wallet by arriving, and everybody else is asked', async () => {
    const cookie = cookieOf(await agree(question(), DANA.email));
    const setup = await newSetup();
    const arrival = await paypal.request('GET', setup.approve, undefined, { cookie });
    expect(arrival.status).toBe(303);
    expect(returned(arrival).get('approval_token_id')).toBe(setup.id);
    const kept = await keep(setup.id);
    expect([kept.status, kept.body['payment_source']?.['paypal']?.['email_address']]).toEqual([201, DANA.email]);

    const other = await newSetup();
    const stranger = await paypal.request('GET', other.approve);
    expect([stranger.status, stranger.text.includes('Agree and Continue')]).toEqual([200, true]);
    expect(stranger.text).toContain('http://127.0.0.1:1/no?approval_token_id=');
    await paypal.advance('PT11M');
    expect((await paypal.request('GET', other.approve, undefined, { cookie })).status).toBe(200);
    expect((await page(question(), cookie)).text).toContain('Agree and Continue');
  });

  test('a setup token is vaulted once, after its approval', async () => {
    const setup = await newSetup();
    expect((await keep(setup.id)).status).toBe(422);
    await paypal.form('/agreements/approve', { approval_session_id: setup.id, email: DANA.email });
    const kept = await keep(setup.id);
    expect(kept.status).toBe(201);
    const { event } = await paypal.hears('VAULT.PAYMENT-TOKEN.CREATED', String(kept.body['id']));
    expect(String(event['resource']?.['time_created'])).toMatch(/PDT$/);
    expect((await keep(setup.id)).body['details']?.[0]?.['issue']).toBe('SETUP_TOKEN_ALREADY_TOKENIZED');
  });

  test('a deleted wallet cannot be charged', async () => {
    const setup = await newSetup();
    await paypal.form('/agreements/approve', { approval_session_id: setup.id, email: DANA.email });
    const id = String((await keep(setup.id)).body['id']);
    expect((await paypal.call('DELETE', `/v3/vault/payment-tokens/${id}`)).status).toBe(204);
    await paypal.hears('VAULT.PAYMENT-TOKEN.DELETED', id);
    const body = {
      intent: 'CAPTURE',
      purchase_units: [{ amount: { currency_code: 'USD', value: '1.00' } }],
      payment_source: { paypal: { vault_id: id } },
    };
    const charge = await paypal.call('POST', '/v2/checkout/orders', body, { 'paypal-request-id': paypal.key() });
    expect(charge.body['details']?.[0]?.['issue']).toBe('AGREEMENT_ALREADY_CANCELLED');
  });

  test('a person who takes the consent back ends sign-in and wallet, and the application hears of both', async () => {
    const code = returned(await agree(question(), DANA.email)).get('code');
    const { body } = await exchange(code);
    await paypal.request('POST', `/_sim/accounts/${DANA.email}/revoke`, { what: 'both' });
    await paypal.hears('IDENTITY.AUTHORIZATION-CONSENT.REVOKED');
    await paypal.hears('VAULT.PAYMENT-TOKEN.DELETED');
    expect((await userinfo(body['access_token'])).status).toBe(401);
    expect((await paypal.charge('1.00')).status).toBe(422);
  });

  test('the password page answers everybody alike', async () => {
    const shown = await paypal.request('GET', '/authflow/password-recovery');
    expect(shown.text).toMatch(/<label for="email">Email<\/label>[\s\S]*<button type="submit">Next<\/button>/);
    const answers = await Promise.all(
      [DANA.email, 'nobody@example.com'].map((email) => paypal.form('/authflow/password-recovery', { email })),
    );
    expect(answers[0]?.text).toContain('If there is an account, a message is on its way');
    expect(answers[0]?.text).toBe(answers[1]?.text);
  });

  test('the first page shows accounts, balances and calls', async () => {
    const { text } = await paypal.request('GET', '/');
    expect(text).toContain('Dana Reyes');
    expect(text).toMatch(/POST \/v1\/oauth2\/token/);
    expect(text).toContain('Simulation: enter nothing real');
  });
});
