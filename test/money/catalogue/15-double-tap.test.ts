import { paymentWorkflowId } from '../../../workflows/messages/payment';
import { callsOf } from '../../world/simulators';
import { eventually } from '../../world/waiting';
import { centsOf, openBench } from '../bench';
import type { Bench } from '../bench';

describe('Row 15: a card is tapped twice', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  test('ten taps on Confirm at once are one payment, and every further one repeats its state', async () => {
    const { world } = bench;
    const { phone } = world.dana;
    await world.store.contacts.paid(world.dana.key, world.lee.email);
    const before = await centsOf(bench, world.dana.email);
    const card = await phone.hears(/Confirm/, await phone.says('send $3 to Lee'));
    const since = new Date().toISOString();
    const taps = await Promise.all(Array.from({ length: 10 }, () => phone.taps(card, 'Confirm')));
    await phone.hears(/You sent \$3\.00/, taps[0]?.since ?? 0);
    const [payment] = await world.store.payments.ofPayer(world.dana.key, 1);
    await world.client.workflow.getHandle(paymentWorkflowId(payment?.paymentId ?? '')).result();
    await eventually('every tap is answered', async () => {
      const heard = await phone.heardSince(taps[0]?.since ?? 0);
      return heard.filter((message) => /on its way|has arrived/.test(JSON.stringify(message))).length >= 10;
    });
    expect(await centsOf(bench, world.dana.email)).toBe(before - 300);
    const charges = (await callsOf(world.paypal, since)).filter(({ path }) => path === '/v2/checkout/orders');
    expect(charges).toHaveLength(1);
  });

  test('two starts of one payment are one run', async () => {
    const paymentId = await bench.pays('twice@example.com', 200);
    const payment = await bench.world.store.payments.find(paymentId);
    const again = await bench.world.gateway.startPayment({
      paymentId,
      payerKey: bench.world.dana.key,
      amount: payment?.amount ?? { minor: 200, currency: 'USD' },
      rollout: { feature: 'p2p-payments', on: true, planVersion: 1, reason: 'segment' },
    });
    expect(again).toBe('existing');
  });
});
