import { send } from '../world/simulators';
import { tapsAnywhere } from '../world/webhooks';
import { centsOf, openBench, whereabouts } from './bench';
import type { Bench } from './bench';

describe('Undo while nobody has claimed the money', () => {
  let bench: Bench;
  let payerBefore: number;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    payerBefore = await centsOf(bench, bench.world.dana.email);
  });

  test('gives it back at once and says so, and a second tap moves nothing', async () => {
    const { phone } = bench.world.dana;
    const payee = 'unknown@example.com';
    const paymentId = await bench.pays(payee, 1_500);
    const notice = await phone.hears(/waits there until/, 0);
    const { since } = await phone.taps(notice, 'Undo');
    await phone.hears(/taking the \$15\.00 back/, since);
    await phone.hears(/Cancelled\. The \$15\.00 went back/, since);
    expect(await bench.ended(paymentId)).toEqual({ end: 'refunded' });
    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 1_500 })).toBe('sender');
    expect(await bench.openKinds(paymentId)).toEqual([]);
    const again = await phone.taps(notice, 'Undo');
    await phone.hears(/too late to cancel/, again.since);
    expect(await centsOf(bench, bench.world.dana.email)).toBe(payerBefore);
  });

  test('comes too late for money that was claimed, and the payer hears where it is', async () => {
    const { phone } = bench.world.dana;
    const payee = 'claimant@example.com';
    const before = (await phone.thread()).length;
    const paymentId = await bench.pays(payee, 700);
    const notice = await phone.hears(/waits there until/, before);
    await send(`${bench.world.paypal}/_sim/accounts`, { email: payee, name: 'Clay Mant', country: 'US' });
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    const { since } = await phone.taps(notice, 'Undo');
    await phone.hears(/too late to cancel.*was sent and has arrived/, since);
    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 700 })).toBe('recipient');
  });

  test("does not reach another person's payment", async () => {
    const paymentId = await bench.pays('third@example.com', 300);
    await bench.stands(paymentId, 'unclaimed');
    const { phone } = bench.world.lee;
    const since = await tapsAnywhere(bench.world, phone, `payment.undo:${paymentId}`);
    await phone.hears(/nothing was sent/i, since);
    await bench.stands(paymentId, 'unclaimed');
  });
});
