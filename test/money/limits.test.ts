import { SWEEP_MONEY } from '../../workflows/messages/schedules';
import { callsOf } from '../world/simulators';
import { query } from '../world/time';
import { centsOf, openBench } from './bench';
import type { Bench } from './bench';

describe('A payer at the limit', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
    // PayPal has not verified Dana, who may send $299.99 in seven days.
    await query(bench.world, 'update links set verified = false where person_key = $1', [bench.world.dana.key]);
  });
  afterAll(() => bench.close());

  test('is told kindly on the way to a card, and nothing is asked of PayPal', async () => {
    const { dana, lee, paypal } = bench.world;
    const first = await bench.pays(lee.email, 20_000);
    expect(await bench.ended(first)).toEqual({ end: 'paid' });
    const since = new Date().toISOString();
    await dana.phone.hears(/up to \$99\.99 now/, await dana.phone.says('send $120 to Lee'));
    expect((await callsOf(paypal, since)).filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('is declined before the charge where the card was made earlier, and hears why and that nothing moved', async () => {
    const { dana, lee, paypal } = bench.world;
    const before = await centsOf(bench, dana.email);
    const [heard, since] = [(await dana.phone.thread()).length, new Date().toISOString()];
    const paymentId = await bench.pays(lee.email, 10_000);
    expect(await bench.ended(paymentId)).toEqual({ end: 'declined' });
    await dana.phone.hears(/was not sent: it is more than you can send within a week.*No money has moved/, heard);
    expect(await centsOf(bench, dana.email)).toBe(before);
    expect((await callsOf(paypal, since)).filter(({ path }) => path.includes('/orders'))).toEqual([]);
  });

  test('has the room again that an undone payment took', async () => {
    const undone = await bench.pays('nobody@example.com', 5_000);
    await bench.stands(undone, 'unclaimed');
    const second = await bench.pays(bench.world.lee.email, 5_000);
    expect(await bench.ended(second)).toEqual({ end: 'declined' });
    await bench.world.gateway.askPayment(undone, 'cancel', { by: 'payer' });
    await bench.ended(undone);
    const third = await bench.pays(bench.world.lee.email, 4_999);
    expect(await bench.ended(third)).toEqual({ end: 'paid' });
  });

  test('has the room again that a run left taken which was ended too early: the next sweep sees to it', async () => {
    const { client, store, dana, taskQueues } = bench.world;
    const paymentId = await bench.pays('nobody@example.com', 1);
    await bench.stands(paymentId, 'unclaimed');
    await bench.world.gateway.askPayment(paymentId, 'cancel', { by: 'payer' });
    await bench.ended(paymentId);
    await query(bench.world, `update limit_reservations set state = 'reserved' where payment_id = $1`, [paymentId]);
    await query(bench.world, 'update limit_counters set used_minor = used_minor + 1 where person_key = $1', [dana.key]);
    const sweep = { workflowId: `sweep-${paymentId}`, taskQueue: taskQueues.money };
    expect(await client.workflow.execute(SWEEP_MONEY, sweep)).toMatchObject({ released: [paymentId] });
    expect(await store.limits.leftBehind(10)).toEqual([]);
  });
});
