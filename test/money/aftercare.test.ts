import { Refused } from '../../src/temporal/gateway';
import { send } from '../world/simulators';
import { eventually } from '../world/waiting';
import { centsOf, floatOf, openBench } from './bench';
import type { Bench } from './bench';

describe('What happens to a payment after its end', () => {
  let bench: Bench;
  let float: number;
  let payerBefore: number;
  let leeBefore: number;
  beforeAll(async () => {
    bench = await openBench();
    float = await floatOf(bench);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    payerBefore = await centsOf(bench, bench.world.dana.email);
    leeBefore = await centsOf(bench, bench.world.lee.email);
  });

  async function paid(cents = 1_000): Promise<string> {
    const paymentId = await bench.pays(bench.world.lee.email, cents);
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    return paymentId;
  }

  const happens = (what: string, body: unknown) => send(`${bench.world.paypal}/_sim/${what}`, body);
  const captureOf = (paymentId: string) => bench.world.store.payments.providerId(paymentId, 'charge', 'captureId');
  const itemOf = async (paymentId: string) =>
    (await bench.world.store.payments.providerId(paymentId, 'payout', 'itemId')) ?? '';
  const opens = (paymentId: string, kind: string) =>
    eventually(`a case opens: ${kind}`, async () => (await bench.openKinds(paymentId)).includes(kind));
  const stateOf = async (paymentId: string) => (await bench.world.store.payments.find(paymentId))?.state;
  const settle = (paymentId: string, proven: 'loss-accepted' | 'dispute-closed') =>
    bench.world.gateway.settlePayment(paymentId, { operator: 'Olga', proven, evidence: 'PP-D-1' });

  test('the payee sends it back: it goes on to the payer, who hears so', async () => {
    const paymentId = await paid();
    const since = (await bench.world.dana.phone.thread()).length;
    await happens(`payout-items/${await itemOf(paymentId)}`, { status: 'REFUNDED' });
    await bench.world.dana.phone.hears(/sent it back\. The \$10\.00 went back to your PayPal account/, since);
    await bench.cared(paymentId);
    expect(await centsOf(bench, bench.world.dana.email)).toBe(payerBefore);
    expect(await centsOf(bench, bench.world.lee.email)).toBe(leeBefore);
    expect(await stateOf(paymentId)).toBe('refunded');
    expect(await bench.openKinds(paymentId)).toEqual([]);
    // PayPal keeps both fees of what was delivered.
    expect(await bench.books(paymentId)).toEqual({ fees: 104, 'paypal-balance': -104 });
    expect(await floatOf(bench)).toBe(float);
  });

  test('PayPal reverses it: the loss is owned by operators until one accepts it', async () => {
    const paymentId = await paid();
    await happens('reversals', { captureId: await captureOf(paymentId) });
    await opens(paymentId, 'reversed');
    expect(await stateOf(paymentId)).toBe('reversed');
    expect(await centsOf(bench, bench.world.dana.email)).toBe(payerBefore);
    expect(await centsOf(bench, bench.world.lee.email)).toBe(leeBefore + 1_000);
    expect(await bench.books(paymentId)).toMatchObject({ owed: 1_000 });
    expect(await floatOf(bench)).toBe(float);
    await expect(settle(paymentId, 'dispute-closed')).rejects.toThrow(Refused);
    await settle(paymentId, 'loss-accepted');
    await bench.cared(paymentId);
    expect(await bench.openKinds(paymentId)).toEqual([]);
    expect(await bench.books(paymentId)).toMatchObject({ losses: 1_000, fees: 104 });
    expect((await bench.books(paymentId))['owed']).toBeUndefined();
    expect(await floatOf(bench)).toBe(float);
  });

  test('PayPal reverses it and the payee sends it back: there is no loss', async () => {
    const paymentId = await paid();
    await happens('reversals', { captureId: await captureOf(paymentId) });
    await opens(paymentId, 'reversed');
    await happens(`payout-items/${await itemOf(paymentId)}`, { status: 'REFUNDED' });
    await bench.cared(paymentId);
    expect(await bench.openKinds(paymentId)).toEqual([]);
    expect(await bench.books(paymentId)).toEqual({ fees: 104, 'paypal-balance': -104 });
    expect(await floatOf(bench)).toBe(float);
  });

  test('a dispute is owned by operators with a deadline, and closed by PayPal or by one of them', async () => {
    const paymentId = await paid();
    const { disputeId } = await send<{ disputeId: string }>(`${bench.world.paypal}/_sim/disputes`, {
      captureId: await captureOf(paymentId),
    });
    await opens(paymentId, 'disputed');
    const [opened] = await bench.world.store.cases.openOf(paymentId);
    expect(opened).toMatchObject({ owner: 'operators' });
    expect(opened?.deadline.getTime()).toBeGreaterThan(Date.now() + 9 * 86_400_000);
    await happens(`disputes/${disputeId}`, { outcome: 'RESOLVED_SELLER_FAVOUR' });
    await bench.cared(paymentId);
    expect(await bench.openKinds(paymentId)).toEqual([]);

    await send(`${bench.world.paypal}/_sim/disputes`, { captureId: await captureOf(paymentId) });
    await opens(paymentId, 'disputed');
    await settle(paymentId, 'dispute-closed');
    await bench.cared(paymentId);
    expect(await bench.openKinds(paymentId)).toEqual([]);
    expect(await stateOf(paymentId)).toBe('paid');
  });

  test('a dispute that the buyer wins is a reversal: the dispute closes, the loss stays owned', async () => {
    const paymentId = await paid();
    const { disputeId } = await send<{ disputeId: string }>(`${bench.world.paypal}/_sim/disputes`, {
      captureId: await captureOf(paymentId),
    });
    await opens(paymentId, 'disputed');
    await happens(`disputes/${disputeId}`, { outcome: 'RESOLVED_BUYER_FAVOUR' });
    await eventually('only the loss is open', async () => {
      const kinds = await bench.openKinds(paymentId);
      return kinds.length === 1 && kinds[0] === 'reversed';
    });
    await settle(paymentId, 'loss-accepted');
    await bench.cared(paymentId);
    expect(await floatOf(bench)).toBe(float);
  });

  test("PayPal's events of our own refund and of what is recorded start nothing", async () => {
    const paymentId = await bench.pays('nobody@example.com', 500);
    await bench.stands(paymentId, 'unclaimed');
    await bench.world.gateway.askPayment(paymentId, 'cancel', { by: 'payer' });
    await bench.ended(paymentId);
    await eventually('every event is handed on', async () => {
      const answer = await fetch(`${bench.world.paypal}/v1/notifications/webhooks-events`);
      return answer.status > 0;
    });
    expect(await bench.world.gateway.isLookedAfter(paymentId)).toBe(false);
    expect(await bench.openKinds(paymentId)).toEqual([]);
  });
});
