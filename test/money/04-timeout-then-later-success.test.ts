import { ProviderFailure } from '../../src/domain/outcomes';
import { callsOf, send } from '../world/simulators';
import { eventually } from '../world/waiting';
import { centsOf, floatOf, openTimedBench } from './bench';
import type { TimedBench } from './bench';

/** A call whose answer is lost, and which may not be repeated for seven hours: PayPal forgets a charge's key after six. */
function stalled(): ProviderFailure {
  const detail = { providerCode: 'STALLED', retryAfterMs: 7 * 3_600_000 };
  return new ProviderFailure('unknown', 'timed-out', detail);
}

describe('Row 4: no answer in time, and success later', () => {
  let bench: TimedBench;
  let float: number;
  let carriesOut = true;
  beforeAll(async () => {
    bench = await openTimedBench((real) => ({
      charge: async (request) => {
        if (carriesOut) await real.charge(request);
        throw stalled();
      },
    }));
    float = await floatOf(bench);
  });
  afterAll(() => bench.close());

  const failed = async (since: number): Promise<boolean> =>
    (await bench.world.dana.phone.heardSince(since)).some((message) => /not sent/.test(JSON.stringify(message)));

  test('a charge whose answer stalls for seven hours is found in the statement, made once, and paid out', async () => {
    carriesOut = true;
    const before = await centsOf(bench, bench.world.lee.email);
    const since = (await bench.world.dana.phone.thread()).length;
    const start = new Date().toISOString();
    const paymentId = await bench.pays(bench.world.lee.email, 700);
    await bench.charging(paymentId);
    await bench.skip(5);
    await bench.skip(5);
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    expect(await centsOf(bench, bench.world.lee.email)).toBe(before + 700);
    expect(await failed(since)).toBe(false);
    expect(await floatOf(bench)).toBe(float);
    const charges = (await callsOf(bench.world.paypal, start)).filter(({ path }) => path === '/v2/checkout/orders');
    expect(charges).toHaveLength(1);
  });

  test('a charge that never happened is declined once the statement would show it, and not before', async () => {
    carriesOut = false;
    const before = await centsOf(bench, bench.world.dana.email);
    const since = (await bench.world.dana.phone.thread()).length;
    const paymentId = await bench.pays(bench.world.lee.email, 700);
    await bench.charging(paymentId);
    await bench.skip(7);
    expect(await failed(since)).toBe(false);
    await bench.skip(3);
    expect(await bench.ended(paymentId)).toEqual({ end: 'declined' });
    expect(await failed(since)).toBe(true);
    expect(await centsOf(bench, bench.world.dana.email)).toBe(before);
  });

  test('a charge under review for longer than its key lives is closed by the event, whichever way it went', async () => {
    carriesOut = true;
    const { world } = bench;
    for (const [status, end] of [
      ['COMPLETED', 'paid'],
      ['DECLINED', 'declined'],
    ] as const) {
      await send(`${world.paypal}/_sim/accounts/${world.dana.email}`, { reviewed: true }, 'PATCH');
      const paymentId = await bench.pays(world.lee.email, 200);
      await bench.charging(paymentId);
      await bench.charging(paymentId);
      const captureId = await eventually('PayPal has the charge', async () => {
        const answer = await callsOf(world.paypal);
        const made = answer.findLast(({ path }) => path === '/v2/checkout/orders')?.responseBody as
          { purchase_units?: { invoice_id?: string; payments?: { captures?: { id: string }[] } }[] } | undefined;
        const unit = made?.purchase_units?.[0];
        return unit?.invoice_id === paymentId ? unit.payments?.captures?.[0]?.id : undefined;
      });
      await send(`${world.paypal}/_sim/accounts/${world.dana.email}`, { reviewed: false }, 'PATCH');
      await bench.skip(6);
      await bench.stands(paymentId, 'charging');
      await send(`${world.paypal}/_sim/captures/${captureId}`, { status });
      await bench.skip(1);
      expect(await bench.ended(paymentId)).toEqual({ end });
      expect(await floatOf(bench)).toBe(float);
    }
  });

  test('after a day in doubt a person decides, by the capture that PayPal shows', async () => {
    const { world } = bench;
    carriesOut = true;
    await send(`${world.paypal}/_sim/accounts/${world.dana.email}`, { reviewed: true }, 'PATCH');
    const before = await centsOf(bench, world.lee.email);
    const paymentId = await bench.pays(world.lee.email, 300);
    await bench.charging(paymentId);
    await bench.skip(6);
    await bench.skip(25);
    await bench.stands(paymentId, 'needs-operator');
    await eventually('it is a case', async () => (await bench.openKinds(paymentId)).includes('unknown'));
    const settle = (proven: 'charge-taken' | 'charge-not-taken' | 'refund-given-back', evidence: string) =>
      world.gateway.settlePayment(paymentId, { operator: 'Olga', proven, evidence });
    await expect(settle('refund-given-back', 'R1')).rejects.toThrow('closed');
    const captureId = await captureOf(bench, paymentId);
    await send(`${world.paypal}/_sim/captures/${captureId}`, { status: 'COMPLETED' });
    await settle('charge-taken', captureId).catch(() => undefined);
    await bench.skip(1);
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    expect(await centsOf(bench, world.lee.email)).toBe(before + 300);
    expect(await bench.openKinds(paymentId)).toEqual([]);
    await send(`${world.paypal}/_sim/accounts/${world.dana.email}`, { reviewed: false }, 'PATCH');
  });
});

async function captureOf({ world }: TimedBench, paymentId: string): Promise<string> {
  for (const { path, responseBody } of await callsOf(world.paypal)) {
    if (path !== '/v2/checkout/orders') continue;
    const { purchase_units: units } = responseBody as {
      purchase_units?: { invoice_id?: string; payments?: { captures?: { id: string }[] } }[];
    };
    const unit = units?.[0];
    if (unit?.invoice_id === paymentId) return unit.payments?.captures?.[0]?.id ?? '';
  }
  throw new Error('PayPal has no such charge');
}
