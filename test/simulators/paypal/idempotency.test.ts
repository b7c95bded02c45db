import { DANA, SimulatedPayPal, issueOf } from './simulated-paypal';

describe('PayPal-Request-Id', () => {
  let paypal: SimulatedPayPal;

  beforeAll(async () => {
    paypal = await SimulatedPayPal.start();
  });
  afterAll(() => paypal.stop());

  test('a repeated charge gives 200 and the first order, even if its body differs, and takes nothing', async () => {
    const first = await paypal.charge('5.00', { key: 'same' });
    const balance = await paypal.balance(DANA.email);
    const repeat = await paypal.charge('7.00', { key: 'same' });
    expect([first.status, repeat.status]).toEqual([201, 200]);
    expect(repeat.body).toEqual(first.body);
    expect(await paypal.balance(DANA.email)).toBe(balance);
  });

  test('the key of a charge is forgotten after six hours, and then the same call charges again', async () => {
    const first = await paypal.charge('1.00', { key: 'short-lived' });
    await paypal.advance('PT5H59M');
    expect((await paypal.charge('1.00', { key: 'short-lived' })).body['id']).toBe(first.body['id']);
    await paypal.advance('PT2M');
    const late = await paypal.charge('1.00', { key: 'short-lived' });
    expect(late.status).toBe(201);
    expect(late.body['id']).not.toBe(first.body['id']);
  });

  test('the key of a refund is remembered for 45 days', async () => {
    const capture = await paypal.captured('6.00');
    const path = `/v2/payments/captures/${String(capture['id'])}/refund`;
    const part = { amount: { currency_code: 'USD', value: '2.00' } };
    const first = await paypal.call('POST', path, part, { 'paypal-request-id': 'refund-1' });
    await paypal.advance('P44D');
    const repeat = await paypal.call('POST', path, part, { 'paypal-request-id': 'refund-1' });
    expect([first.status, repeat.status, repeat.body['id']]).toEqual([201, 201, first.body['id']]);
    await paypal.advance('P2D');
    const late = await paypal.call('POST', path, part, { 'paypal-request-id': 'refund-1' });
    expect(late.body['id']).not.toBe(first.body['id']);
  });

  test('the second of two simultaneous refunds with one key is told that the first is in progress', async () => {
    const capture = await paypal.captured('6.00');
    const path = `/v2/payments/captures/${String(capture['id'])}/refund`;
    await paypal.fault({ on: { path: '/refund' }, do: { delayMs: 300 }, times: 1 });
    const slow = paypal.call('POST', path, {}, { 'paypal-request-id': 'twice' });
    await new Promise((done) => setTimeout(done, 50));
    const quick = await paypal.call('POST', path, {}, { 'paypal-request-id': 'twice' });
    expect([quick.status, quick.body['name'], issueOf(quick)]).toEqual([
      409,
      'RESOURCE_CONFLICT',
      'PREVIOUS_REQUEST_IN_PROGRESS',
    ]);
    const { status, body } = await slow;
    expect(status).toBe(201);
    const later = await paypal.call('POST', path, {}, { 'paypal-request-id': 'twice' });
    expect(later.body['id']).toBe(body['id']);
  });

  test('a refused charge leaves its key free', async () => {
    await paypal.request('PATCH', `/_sim/accounts/${DANA.email}`, { state: 'restricted' });
    expect((await paypal.charge('1.00', { key: 'refused-first' })).status).toBe(422);
    await paypal.request('PATCH', `/_sim/accounts/${DANA.email}`, { state: 'ok' });
    expect((await paypal.charge('1.00', { key: 'refused-first' })).status).toBe(201);
  });

  test('the vault requires a key, remembers it for three hours and refuses it for another body', async () => {
    const body = { payment_source: { paypal: { usage_type: 'MERCHANT' } } };
    const path = '/v3/vault/setup-tokens';
    const without = await paypal.call('POST', path, body);
    expect([without.status, issueOf(without)]).toEqual([400, 'PAYPAL_REQUEST_ID_REQUIRED']);
    const first = await paypal.call('POST', path, body, { 'paypal-request-id': 'vault-1' });
    const repeat = await paypal.call('POST', path, body, { 'paypal-request-id': 'vault-1' });
    expect([first.status, repeat.status, repeat.body['id']]).toEqual([201, 200, first.body['id']]);
    const other = await paypal.call(
      'POST',
      path,
      { payment_source: { paypal: {} } },
      { 'paypal-request-id': 'vault-1' },
    );
    expect([other.status, issueOf(other)]).toEqual([422, 'PAYPAL_REQUEST_ID_PREVIOUSLY_USED']);
    await paypal.advance('PT3H');
    const late = await paypal.call('POST', path, body, { 'paypal-request-id': 'vault-1' });
    expect([late.status, late.body['id'] === first.body['id']]).toEqual([201, false]);
  });

  test('payouts ignore it: what counts is the sender batch id', async () => {
    const send = (batch?: string) =>
      paypal.call(
        'POST',
        '/v1/payments/payouts',
        {
          sender_batch_header: batch === undefined ? {} : { sender_batch_id: batch },
          items: [{ recipient_type: 'EMAIL', receiver: 'lee@example.com', amount: { currency: 'USD', value: '1.00' } }],
        },
        { 'paypal-request-id': 'one-key-for-all' },
      );
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body['batch_header']?.['payout_batch_id']).not.toBe(second.body['batch_header']?.['payout_batch_id']);
    const guarded = await send('batch-1');
    const repeat = await send('batch-1');
    expect([repeat.status, repeat.body['name'], issueOf(repeat)]).toEqual([
      400,
      'USER_BUSINESS_ERROR',
      'Batch with given sender_batch_id already exists',
    ]);
    const id = String(guarded.body['batch_header']?.['payout_batch_id']);
    expect(JSON.stringify(repeat.body['details'])).toContain(`/v1/payments/payouts/${id}"`);
    await paypal.advance('P30D');
    expect((await send('batch-1')).status).toBe(201);
  });
});
