import { randomUUID } from 'node:crypto';
import { LAUNCH_DECISION } from '../../src/domain/rollout/decision';
import { Refused } from '../../src/temporal/gateway';
import { paymentWorkflowId } from '../../workflows/messages/payment';
import { eventually } from '../world/waiting';
import { centsOf, openBench, whereabouts } from './bench';
import type { Bench } from './bench';

const OLGA = { by: 'Olga' };

describe('Wishes about a running payment', () => {
  let bench: Bench;
  let payerBefore: number;
  /** While this is set, charges and payouts wait for it before they are made. */
  let gate: Promise<void> | undefined;
  let open: () => void = () => undefined;
  const payee = (name: string): string => `${name}-${Date.now()}@example.com`;

  beforeAll(async () => {
    bench = await openBench((real) => ({
      charge: async (request) => {
        await gate;
        return real.charge(request);
      },
      payOut: async (request) => {
        await gate;
        return real.payOut(request);
      },
    }));
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    payerBefore = await centsOf(bench, bench.world.dana.email);
    gate = new Promise((opened) => {
      open = () => {
        gate = undefined;
        opened();
      };
    });
  });

  /** Begins a payment whose charge is on its way when this is done. */
  async function charging(to: string, cents: number): Promise<string> {
    const paymentId = await bench.pays(to, cents);
    await bench.charging(paymentId);
    return paymentId;
  }

  const wish = (paymentId: string, what: 'cancel' | 'hold' | 'release' | 'drain') =>
    bench.world.gateway.askPayment(paymentId, what, OLGA);

  test('cancel while the charge is under way: what was taken goes back, and nothing is paid out', async () => {
    const to = payee('cancel');
    const paymentId = await charging(to, 500);
    await wish(paymentId, 'cancel');
    open();
    expect(await bench.ended(paymentId)).toEqual({ end: 'refunded' });
    expect(await whereabouts(bench, paymentId, { payerBefore, payee: to, cents: 500 })).toBe('sender');
    expect((await bench.world.store.payments.find(paymentId))?.reason).toBe('cancelled');
    await expect(wish(paymentId, 'cancel')).rejects.toThrow(Refused);
  });

  test('hold before the payout: the payment waits with an owner, and goes on when it is released', async () => {
    const paymentId = await charging(bench.world.lee.email, 500);
    const leeBefore = await centsOf(bench, bench.world.lee.email);
    await wish(paymentId, 'hold');
    open();
    await bench.stands(paymentId, 'held');
    await eventually('the hold is a case', async () => (await bench.openKinds(paymentId)).includes('held'));
    expect(await centsOf(bench, bench.world.dana.email)).toBe(payerBefore - 500);
    expect(await centsOf(bench, bench.world.lee.email)).toBe(leeBefore);
    await wish(paymentId, 'release');
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    expect(await centsOf(bench, bench.world.lee.email)).toBe(leeBefore + 500);
    expect(await bench.openKinds(paymentId)).toEqual([]);
  });

  test('cancel before the payment has begun to do anything: nothing is taken', async () => {
    open();
    const { gateway, store, dana } = bench.world;
    const paymentId = randomUUID();
    const amount = { minor: 500, currency: 'USD' } as const;
    const expiresAt = new Date(Date.now() + 900_000);
    const payment = {
      paymentId,
      payerKey: dana.key,
      payeeEmail: payee('never'),
      payeeName: 'Never',
      amount,
      expiresAt,
    };
    await store.payments.draft(payment);
    await store.payments.move(paymentId, ['draft'], 'started');
    const start = gateway.startPayment({ paymentId, payerKey: dana.key, amount, rollout: LAUNCH_DECISION });
    await start;
    const wished = await wish(paymentId, 'cancel').catch((error: unknown) => error);
    // Either it came before the first step, or while the charge was under way: the money is back in both cases.
    expect(wished).not.toBeInstanceOf(Error);
    expect(['cancelled', 'refunded']).toContain((await bench.ended(paymentId)).end);
    expect(await centsOf(bench, dana.email)).toBe(payerBefore);
  });

  test('hold, then cancel: it goes back', async () => {
    const to = payee('held');
    const paymentId = await charging(to, 500);
    await wish(paymentId, 'hold');
    open();
    await bench.stands(paymentId, 'held');
    await wish(paymentId, 'cancel');
    expect(await bench.ended(paymentId)).toEqual({ end: 'refunded' });
    expect(await whereabouts(bench, paymentId, { payerBefore, payee: to, cents: 500 })).toBe('sender');
  });

  test('drain after the charge: it is completed', async () => {
    const paymentId = await charging(bench.world.lee.email, 500);
    await wish(paymentId, 'hold');
    open();
    await bench.stands(paymentId, 'held');
    await wish(paymentId, 'drain');
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
  });

  test('after both safe points there is nothing to hold, release or drain', async () => {
    const paymentId = await charging(payee('late'), 500);
    open();
    await bench.stands(paymentId, 'unclaimed');
    for (const what of ['hold', 'release', 'drain'] as const)
      await expect(wish(paymentId, what)).rejects.toThrow(Refused);
    await wish(paymentId, 'cancel');
    expect(await bench.ended(paymentId)).toEqual({ end: 'refunded' });
  });

  test('asking Temporal to cancel it is the same wish: the run ends completed and the money is back', async () => {
    const to = payee('temporal');
    const paymentId = await charging(to, 500);
    await bench.world.client.workflow.getHandle(paymentWorkflowId(paymentId)).cancel();
    open();
    expect(await bench.ended(paymentId)).toEqual({ end: 'refunded' });
    expect(await whereabouts(bench, paymentId, { payerBefore, payee: to, cents: 500 })).toBe('sender');
  });
});
