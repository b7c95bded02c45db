import { randomUUID } from 'node:crypto';
import type { Swept } from '../../../activities/aftercare/sweep';
import { SWEEP_MONEY } from '../../../workflows/messages/schedules';
import { aftercareWorkflowId } from '../../../workflows/messages/aftercare';
import { paymentWorkflowId } from '../../../workflows/messages/payment';
import { fault } from '../../world/simulators';
import { query } from '../../world/time';
import { eventually } from '../../world/waiting';
import { centsOf, floatOf, openBench, openTimedBench, whereabouts } from '../bench';
import type { Bench, TimedBench } from '../bench';

type Call = 'charge' | 'payOut';

/** Lets ten minutes pass since everything that happened to payments, and sweeps once. */
async function sweep({ world }: Bench): Promise<Swept> {
  const { client, taskQueues } = world;
  await query(world, `update payments set changed_at = changed_at - interval '10 minutes'`);
  const started = { workflowId: `sweep-${randomUUID()}`, taskQueue: taskQueues.money };
  return (await client.workflow.execute(SWEEP_MONEY, started)) as Swept;
}

function terminate({ world }: Bench, paymentId: string): Promise<unknown> {
  return world.client.workflow.getHandle(paymentWorkflowId(paymentId)).terminate('an operator');
}

describe('Row 22: an operator terminates the run of a payment, and one sweep is made', () => {
  let bench: Bench;
  let float: number;
  let payerBefore: number;
  let leeBefore: number;
  /** The call in which the run is ended, and whether PayPal has carried it out. */
  let struck: { call: Call; carriedOut: boolean } | undefined;
  let release: () => void = () => undefined;

  beforeAll(async () => {
    bench = await openBench((real) => ({
      charge: async (request) => stand('charge', () => real.charge(request)),
      payOut: async (request) => stand('payOut', () => real.payOut(request)),
    }));
    float = await floatOf(bench);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    payerBefore = await centsOf(bench, bench.world.dana.email);
    leeBefore = await centsOf(bench, bench.world.lee.email);
  });

  /** Carries a call out, and stands still before or after it where the test ends the run in it. */
  async function stand<Answer>(call: Call, carryOut: () => Promise<Answer>): Promise<Answer> {
    const here = struck?.call === call ? struck : undefined;
    struck = here ? undefined : struck;
    const answer = here?.carriedOut === false ? undefined : await carryOut();
    if (here) {
      await new Promise<void>((go) => {
        release = go;
      });
      throw new Error('the worker is gone');
    }
    return answer as Answer;
  }

  async function struckIn(call: Call, carriedOut: boolean, payee = bench.world.lee.email): Promise<string> {
    struck = { call, carriedOut };
    const paymentId = await bench.pays(payee, 300);
    await eventually('the run stands still in the call', async () => struck === undefined);
    if (carriedOut && call === 'charge')
      await eventually('it is charged', async () => (await centsOf(bench, bench.world.dana.email)) < payerBefore);
    return paymentId;
  }

  /** Nothing in the store is open without a workflow. */
  async function allAreLookedAfter(): Promise<void> {
    const open = await query(bench.world, `select payment_id from payments where finished_at is null`);
    for (const { payment_id: id } of open) expect(await bench.world.gateway.isLookedAfter(String(id))).toBe(true);
  }

  async function terminated(paymentId: string): Promise<void> {
    await terminate(bench, paymentId);
    release();
  }

  test('in a charge that never reached PayPal: it is owned while in doubt, and nothing was taken in the end', async () => {
    const paymentId = await struckIn('charge', false);
    await terminated(paymentId);
    expect((await sweep(bench)).adopted).toEqual([paymentId]);
    await allAreLookedAfter();
    expect(await bench.openKinds(paymentId)).toEqual(['orphaned']);
    // Once the statement would certainly show it, its absence is a proof.
    await bench.ages(9);
    await bench.tryNow(aftercareWorkflowId(paymentId), 'findCharge');
    await bench.cared(paymentId);
    expect((await bench.world.store.payments.find(paymentId))?.state).toBe('declined');
    expect(await centsOf(bench, bench.world.dana.email)).toBe(payerBefore);
    expect(await bench.openKinds(paymentId)).toEqual([]);
    expect(await floatOf(bench)).toBe(float);
  });

  test('in a charge that PayPal has made: it is found in the statement and given back', async () => {
    const paymentId = await struckIn('charge', true);
    await terminated(paymentId);
    await bench.ages(4);
    expect((await sweep(bench)).adopted).toEqual([paymentId]);
    await bench.cared(paymentId);
    expect(await whereabouts(bench, paymentId, { payerBefore, payee: 'nobody', cents: 300 })).toBe('sender');
    expect(await floatOf(bench)).toBe(float);
  });

  test('in a payout that PayPal has made: it is found under its key, and the payee keeps it', async () => {
    // Its event would let the run go on before it is ended.
    const comes = await fault(bench.world.paypal, { on: { to: 'webhook' }, do: { dropRequest: true } });
    const paymentId = await struckIn('payOut', true);
    await terminated(paymentId);
    await comes();
    expect((await sweep(bench)).adopted).toEqual([paymentId]);
    await bench.cared(paymentId);
    expect((await bench.world.store.payments.find(paymentId))?.state).toBe('paid');
    expect(await centsOf(bench, bench.world.lee.email)).toBe(leeBefore + 300);
    expect(await floatOf(bench)).toBe(float);
  });

  test('after its end was recorded: it needs nobody', async () => {
    const paymentId = await bench.pays(bench.world.lee.email, 300);
    await bench.ended(paymentId);
    expect(await sweep(bench)).toEqual({ adopted: [], stuck: [], released: [] });
  });
});

describe('Row 22: an operator terminates a payment that nobody has claimed', () => {
  let bench: TimedBench;
  beforeAll(async () => {
    bench = await openTimedBench();
  });
  afterAll(() => bench.close());

  test('it waits on, and is taken back in the end', async () => {
    const float = await floatOf(bench);
    const payerBefore = await centsOf(bench, bench.world.dana.email);
    const payee = 'unclaimed@example.com';
    const paymentId = await bench.pays(payee, 300);
    await bench.stands(paymentId, 'unclaimed');
    await terminate(bench, paymentId);
    expect((await sweep(bench)).adopted).toEqual([paymentId]);
    await eventually('it waits to be claimed', async () => (await bench.openKinds(paymentId)).includes('unclaimed'));
    await bench.skip(15 * 24);
    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 300 })).toBe('held with an owner');
    await bench.skip(15 * 24);
    await bench.cared(paymentId);
    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 300 })).toBe('sender');
    expect(await floatOf(bench)).toBe(float);
  });
});
