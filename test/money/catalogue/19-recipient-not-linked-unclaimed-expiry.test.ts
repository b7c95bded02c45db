import { send } from '../../world/simulators';
import { centsOf, floatOf, openTimedBench, whereabouts } from '../bench';
import type { TimedBench } from '../bench';

const DAY = 24;

describe('Row 19: the recipient has no account', () => {
  let bench: TimedBench;
  let payerBefore: number;
  let float: number;
  beforeAll(async () => {
    bench = await openTimedBench();
    payerBefore = await centsOf(bench, bench.world.dana.email);
    float = await floatOf(bench);
  });
  afterAll(() => bench.close());

  test('nobody claims it: the payer is reminded on days 1, 3, 7, 14 and 25 and has it back after day 29', async () => {
    const payee = 'nobody@example.com';
    const paymentId = await bench.pays(payee, 2_000);
    await bench.stands(paymentId, 'unclaimed');
    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 2_000 })).toBe('held with an owner');
    expect(await bench.openKinds(paymentId)).toEqual(['unclaimed']);
    const since = (await bench.world.dana.phone.thread()).length;

    for (const [days, reminders] of [
      [2, 1],
      [2, 2],
      [4, 3],
      [7, 4],
      [11, 5],
      [2, 5],
    ] as const) {
      await bench.skip(days * DAY);
      const heard = (await bench.world.dana.phone.heardSince(since)).map((message) => JSON.stringify(message));
      expect(heard.filter((words) => words.includes('Nobody has claimed'))).toHaveLength(reminders);
      expect(await centsOf(bench, bench.world.dana.email)).toBe(payerBefore - 2_000);
    }
    await bench.skip(2 * DAY);
    expect(await bench.ended(paymentId)).toEqual({ end: 'refunded' });
    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 2_000 })).toBe('sender');
    expect(await bench.openKinds(paymentId)).toEqual([]);
    await bench.world.dana.phone.hears(/Nobody claimed what you sent.*went back/, since);
    // PayPal keeps its fee of the charge and nothing of the payout that came back.
    expect(await bench.books(paymentId)).toEqual({ fees: 109, 'paypal-balance': -109 });
    expect(await floatOf(bench)).toBe(float);
  });

  test('somebody claims it on day 20: it is theirs, and the payer hears so', async () => {
    const before = await centsOf(bench, bench.world.dana.email);
    const payee = 'late@example.com';
    const paymentId = await bench.pays(payee, 1_000);
    await bench.stands(paymentId, 'unclaimed');
    await bench.skip(20 * DAY);
    const since = (await bench.world.dana.phone.thread()).length;
    await send(`${bench.world.paypal}/_sim/accounts`, { email: payee, name: 'Late Comer', country: 'US' });
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    await bench.world.dana.phone.hears(/You sent \$10\.00/, since);
    expect(await whereabouts(bench, paymentId, { payerBefore: before, payee, cents: 1_000 })).toBe('recipient');
    expect(await floatOf(bench)).toBe(float);
  });
});
