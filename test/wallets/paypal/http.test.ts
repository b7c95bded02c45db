import { createPayPal } from '../../../src/wallets/paypal';
import { clientAt, closeServers, failureOf, startRecordingServer } from './recording-server';
import type { RecordingServer, Reply } from './recording-server';

const REFUND = { captureId: '2GG279541U471931P', key: 'p1:refund:0', amount: { minor: 100, currency: 'USD' } } as const;
const REFUNDED: Reply = { status: 201, json: { id: '1JU08902781691411', status: 'COMPLETED' } };
const REFUSED: Reply = { status: 401, json: { name: 'AUTHENTICATION_FAILURE', message: 'no', debug_id: 'd1' } };

let server: RecordingServer;
afterEach(closeServers);

/** Grants `token-1`, `token-2`, … */
const numbered = (_: unknown, count: number): Reply => ({
  json: { access_token: `token-${count}`, expires_in: 32_400 },
});

describe('a call', () => {
  it('carries the token, the key, and the wish for the whole resource', async () => {
    server = await startRecordingServer(() => REFUNDED, numbered);
    await clientAt(server.url).refund(REFUND);
    expect(server.tokens[0]).toMatchObject({
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('client:secret').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    expect(server.calls[0]).toMatchObject({
      method: 'POST',
      path: '/v2/payments/captures/2GG279541U471931P/refund',
      headers: {
        authorization: 'Bearer token-1',
        'paypal-request-id': 'p1:refund:0',
        prefer: 'return=representation',
        'content-type': 'application/json',
      },
      body: '{"amount":{"currency_code":"USD","value":"1.00"}}',
    });
  });

  it('carries the trace it belongs to', async () => {
    server = await startRecordingServer(() => REFUNDED);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const options = { apiUrl: `${server.url}/`, webUrl: server.url, clientId: 'c', clientSecret: 's' };
    await createPayPal({ ...options, traceHeaders: () => ({ traceparent }) }).refund(REFUND);
    expect(server.calls[0]?.headers).toMatchObject({ traceparent });
  });

  it('is never sent with an id that could name another resource', async () => {
    server = await startRecordingServer(() => REFUNDED);
    for (const captureId of ['..', '.', '', 'a/../b', 'a%2f', 'a?x=1', 'a#b', 'a b', 'é']) {
      const failure = await failureOf(clientAt(server.url).refund({ ...REFUND, captureId }));
      expect(failure).toMatchObject({ outcome: 'final', reason: 'invalid-request' });
    }
    expect(server.calls).toEqual([]);
  });
});

describe('a token that PayPal refuses', () => {
  it('is replaced, and the call repeated once under the same key', async () => {
    server = await startRecordingServer((_, count) => (count === 1 ? REFUSED : REFUNDED), numbered);
    await clientAt(server.url).refund(REFUND);
    expect(server.calls.map(({ headers }) => [headers['authorization'], headers['paypal-request-id']])).toEqual([
      ['Bearer token-1', 'p1:refund:0'],
      ['Bearer token-2', 'p1:refund:0'],
    ]);
  });

  it('is not replaced a second time in one call: an operator must look at the credentials', async () => {
    server = await startRecordingServer(() => REFUSED, numbered);
    expect(await failureOf(clientAt(server.url).refund(REFUND))).toMatchObject({
      outcome: 'wait-long',
      reason: 'not-authorized',
      detail: { providerCode: 'AUTHENTICATION_FAILURE', debugId: 'd1' },
    });
    expect(server.calls).toHaveLength(2);
  });

  it('costs one new token however many calls it breaks', async () => {
    server = await startRecordingServer(
      ({ headers }) => (headers['authorization'] === 'Bearer token-1' ? REFUSED : REFUNDED),
      numbered,
    );
    const client = clientAt(server.url);
    await Promise.all(Array.from({ length: 20 }, () => client.refund(REFUND)));
    expect(server.tokens).toHaveLength(2);
  });
});

describe('credentials', () => {
  it('that PayPal does not know need an operator', async () => {
    const json = { error: 'invalid_client', error_description: 'Client Authentication failed' };
    server = await startRecordingServer(
      () => REFUNDED,
      () => ({ status: 401, json }),
    );
    expect(await failureOf(clientAt(server.url).refund(REFUND))).toMatchObject({
      outcome: 'wait-long',
      reason: 'not-authorized',
      detail: { providerCode: 'invalid_client' },
    });
    expect(server.calls).toEqual([]);
  });

  it('and personal data appear in no failure', async () => {
    const details = [{ field: '/receiver', value: 'lee@example.com', issue: 'VALIDATION_ERROR', description: 'lee@…' }];
    server = await startRecordingServer(() => ({ status: 400, json: { name: 'VALIDATION_ERROR', details } }));
    const failure = await failureOf(clientAt(server.url).refund(REFUND));
    const { message, stack, detail } = failure;
    expect(JSON.stringify({ message, stack, detail })).not.toMatch(/lee@|secret/);
  });
});
