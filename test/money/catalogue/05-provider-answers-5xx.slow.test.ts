import { callsOf, fault } from '../../world/simulators';
import { centsOf, floatOf, openBench } from '../bench';
import type { Bench } from '../bench';

describe('Row 5: the provider answers 5xx', () => {
  let bench: Bench;
  let float: number;
  beforeAll(async () => {
    bench = await openBench();
    float = await floatOf(bench);
  });
  afterAll(() => bench.close());

  test.each([500, 502, 503])('%i to every kind of call, three times: the payment succeeds once', async (status) => {
    const before = [await centsOf(bench, bench.world.dana.email), await centsOf(bench, bench.world.lee.email)] as const;
    for (const path of ['/v2/checkout/orders', '/v1/payments/payouts']) {
      await fault(bench.world.paypal, { on: { path }, do: { status }, times: 3 });
    }
    const since = new Date().toISOString();
    const paymentId = await bench.pays(bench.world.lee.email, 400);
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    expect(await centsOf(bench, bench.world.dana.email)).toBe(before[0] - 400);
    expect(await centsOf(bench, bench.world.lee.email)).toBe(before[1] + 400);
    expect(await floatOf(bench)).toBe(float);

    const charges = (await callsOf(bench.world.paypal, since)).filter(({ path }) => path === '/v2/checkout/orders');
    // Three refusals and the one that worked, each a little later than the one before.
    expect(charges).toHaveLength(4);
    const gaps = charges.slice(1).map(({ at }, place) => Date.parse(at) - Date.parse(charges[place]?.at ?? ''));
    for (const [place, gap] of gaps.entries()) expect(gap).toBeGreaterThanOrEqual(400 * 2 ** place);
  });
});
