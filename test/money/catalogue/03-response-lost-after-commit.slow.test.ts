import { callsOf, fault } from '../../world/simulators';
import { centsOf, floatOf, openBench, whereabouts } from '../bench';
import type { Bench } from '../bench';

/** Every call that moves money, by a part of its path that no other has. */
const CALLS = [
  ['the charge', 'POST', '/v2/checkout/orders'],
  ['the payout', 'POST', '/v1/payments/payouts'],
  ['taking back', 'POST', '/cancel'],
  ['the refund', 'POST', '/refund'],
] as const;

describe('Row 3: the response is lost after the provider has acted', () => {
  let bench: Bench;
  let float: number;
  beforeAll(async () => {
    bench = await openBench();
    float = await floatOf(bench);
  });
  afterAll(() => bench.close());

  test.each(CALLS)('of %s: it is done once, and the books are those of the provider', async (_what, method, path) => {
    const payerBefore = await centsOf(bench, bench.world.dana.email);
    const payee = `lost-${Date.now()}@example.com`;
    await fault(bench.world.paypal, { on: { method, path }, do: { dropResponse: true }, times: 2 });
    const since = new Date().toISOString();
    const paymentId = await bench.pays(payee, 600);
    await bench.stands(paymentId, 'unclaimed');
    await bench.world.gateway.askPayment(paymentId, 'cancel', { by: 'payer' });
    expect(await bench.ended(paymentId)).toEqual({ end: 'refunded' });

    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 600 })).toBe('sender');
    expect(await floatOf(bench)).toBe(float);
    const calls = (await callsOf(bench.world.paypal, since)).filter(
      (call) => call.method === method && call.path.includes(path),
    );
    expect(calls.length).toBeGreaterThanOrEqual(3);
    const [steps] = [await bench.world.store.payments.stepsOf(paymentId)];
    expect(steps.map(({ step, epoch }) => `${step} ${epoch}`)).toEqual(['charge 1', 'payout 1', 'refund 1']);
  });
});
