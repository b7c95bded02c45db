import { request } from 'node:http';
import { SimulatedPayPal, issueOf } from './simulated-paypal';

describe('controls and faults', () => {
  let paypal: SimulatedPayPal;

  beforeAll(async () => {
    paypal = await SimulatedPayPal.start();
  });
  beforeEach(async () => {
    await paypal.request('DELETE', '/_sim/faults');
  });
  afterAll(() => paypal.stop());

  test('an account is made once, and found by payer id and by e-mail in any case', async () => {
    const account = { email: 'Kim@example.com', name: 'Kim Ito', country: 'US', balances: { USD: '10.50' } };
    const made = await paypal.request('POST', '/_sim/accounts', account);
    expect([made.status, made.body]).toEqual([
      201,
      { payerId: expect.any(String) as string, email: 'Kim@example.com' },
    ]);
    const payerId = String(made.body['payerId']);
    for (const who of [payerId, 'kim@EXAMPLE.com']) {
      const { body } = await paypal.request('GET', `/_sim/accounts/${who}`);
      expect(body).toMatchObject({ payerId, name: 'Kim Ito', balances: { USD: '10.50' }, state: 'ok', history: [] });
    }
    expect((await paypal.request('POST', '/_sim/accounts', account)).status).toBe(409);
    expect((await paypal.request('GET', '/_sim/accounts/nobody')).status).toBe(404);
  });

  test('the history of an account tells what came and went', async () => {
    const capture = await paypal.captured('2.00');
    const { body } = await paypal.request('GET', '/_sim/accounts/dana@example.com');
    expect(body['history']?.[0]).toMatchObject({ amount: '-2.00', currency: 'USD', reference: capture['id'] });
  });

  test.each([
    ['an account without a name', '/_sim/accounts', { email: 'a@example.com', country: 'US' }, 'name'],
    [
      'a balance that is no amount',
      '/_sim/accounts',
      { email: 'a@example.com', name: 'A', country: 'US', balances: { USD: 'x' } },
      'balances.USD',
    ],
    ['a fault that does nothing', '/_sim/faults', { on: {}, do: {} }, 'do'],
    ['a fault with times and rate', '/_sim/faults', { on: {}, do: { status: 500 }, times: 1, rate: 1 }, 'not both'],
    ['an error in the words of somebody else', '/_sim/faults', { on: {}, do: { error: { code: 1 } } }, 'do.error'],
    ['a duration of two months', '/_sim/clock', { advance: 'P2M' }, 'advance'],
  ])('%s is refused with the field that is wrong', async (_what, path, body, problem) => {
    const answer = await paypal.request('POST', path, body);
    expect(answer.status).toBe(400);
    expect(answer.body['problems']?.join(' ')).toContain(problem);
  });

  test('a call through a proxy, under a foreign name or from a foreign page does not reach the controls', async () => {
    const url = new URL(paypal.simulator.url);
    const get = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const options = { host: url.hostname, port: url.port, path: '/_sim/totals', headers };
        request(options, (res) => {
          res.resume();
          resolve(res.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
    expect(await get({})).toBe(200);
    expect(await get({ origin: paypal.simulator.url })).toBe(200);
    expect(await get({ 'x-forwarded-for': '10.0.0.1' })).toBe(404);
    expect(await get({ host: 'rebound.example' })).toBe(404);
    expect(await get({ origin: 'http://evil.example' })).toBe(404);
  });

  test('a fault speaks PayPal’s own words, of the operation that it strikes', async () => {
    await paypal.fault({
      on: { path: '/orders' },
      do: { error: { name: 'UNPROCESSABLE_ENTITY', issue: 'INSTRUMENT_DECLINED' } },
      times: 1,
    });
    const declined = await paypal.charge('1.00');
    expect([declined.status, issueOf(declined)]).toEqual([422, 'INSTRUMENT_DECLINED']);
    expect(String(declined.body['details']?.[0]?.['description'])).toMatch(/^The instrument presented {2}was either/);
    expect(declined.headers.get('paypal-debug-id')).toBe(String(declined.body['debug_id']));

    await paypal.fault({ on: { path: '/payouts' }, do: { error: { name: 'INSUFFICIENT_FUNDS' } }, times: 1 });
    const poor = await paypal.payOut('lee@example.com', '1.00');
    expect([poor.status, poor.body['name']]).toEqual([422, 'INSUFFICIENT_FUNDS']);

    await paypal.fault({ on: {}, do: { error: { name: 'RATE_LIMIT_REACHED' } }, times: 1 });
    const limited = await paypal.charge('1.00');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await paypal.charge('1.00')).status).toBe(201);
  });

  test('a request that is dropped never happened, and one whose answer is dropped did', async () => {
    const balance = await paypal.balance('dana@example.com');
    await paypal.fault({ on: { path: '/orders' }, do: { dropRequest: true }, times: 1 });
    await expect(paypal.charge('1.00', { key: 'dropped' })).rejects.toThrow();
    expect(await paypal.balance('dana@example.com')).toBe(balance);
    await paypal.fault({ on: { path: '/orders' }, do: { dropResponse: true }, times: 1 });
    await expect(paypal.charge('1.00', { key: 'dropped' })).rejects.toThrow();
    expect(Number(balance) - Number(await paypal.balance('dana@example.com'))).toBeCloseTo(1);
    expect((await paypal.charge('1.00', { key: 'dropped' })).status).toBe(200);
  });

  async function journal(since?: string): Promise<{ at: string }[]> {
    const { body } = await paypal.request('GET', `/_sim/requests${since === undefined ? '' : `?since=${since}`}`);
    return body['requests'] as unknown as { at: string }[];
  }

  test('every call is in the journal, with what was asked and answered', async () => {
    // Since an entry, and not since a time: a call can be answered within the millisecond in which one looks at a clock.
    await paypal.call('GET', '/v9/unknown');
    const before = (await journal()).at(-1)?.at;
    await paypal.charge('1.00', { key: 'journal' });
    await paypal.call('GET', '/v9/unknown?x=1');
    const [charge, unknown, ...more] = await journal(before);
    expect(more).toEqual([]);
    expect(charge).toMatchObject({
      method: 'POST',
      path: '/v2/checkout/orders',
      requestBody: { intent: 'CAPTURE' },
      status: 201,
      responseBody: { status: 'COMPLETED' },
    });
    expect(unknown).toMatchObject({ method: 'GET', path: '/v9/unknown?x=1', status: 404 });
    expect(unknown).not.toHaveProperty('responseBody');
  });

  test('PayPal’s own header for negative tests is obeyed on orders and payments', async () => {
    const headers = { 'paypal-mock-response': '{"mock_application_codes":"TRANSACTION_REFUSED"}' };
    const answer = await paypal.call('POST', '/v2/checkout/orders', {}, headers);
    expect([answer.status, issueOf(answer)]).toEqual([422, 'TRANSACTION_REFUSED']);
  });
});
