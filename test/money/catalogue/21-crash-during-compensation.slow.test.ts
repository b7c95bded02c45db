import { paymentWorkflowId } from '../../../workflows/messages/payment';
import { callsOf } from '../../world/simulators';
import { eventually } from '../../world/waiting';
import { centsOf, floatOf, openBench, whereabouts } from '../bench';
import type { Bench } from '../bench';

describe('Row 21: a crash while money is being given back', () => {
  let bench: Bench;
  let float: number;
  let crashes: ('before' | 'after')[] = [];

  beforeAll(async () => {
    bench = await openBench((real) => {
      const crashing =
        <Request, Answer>(call: (request: Request) => Promise<Answer>) =>
        async (request: Request): Promise<Answer> => {
          const crash = crashes.shift();
          if (crash === 'before') throw new Error('the worker died before the call');
          const answer = await call(request);
          if (crash === 'after') throw new Error('the worker died after the call');
          return answer;
        };
      return {
        refund: crashing((request: Parameters<typeof real.refund>[0]) => real.refund(request)),
        cancelPayout: crashing((itemId: string) => real.cancelPayout(itemId)),
      };
    });
    float = await floatOf(bench);
  });
  afterAll(() => bench.close());

  test.each([
    [['before', 'after', 'before', 'after']],
    [['after', 'after', 'after']],
    [['before', 'before', 'after', 'after', 'after']],
  ] as const)('%j around the calls: it is given back once, and nothing stays open', async (plan) => {
    const payerBefore = await centsOf(bench, bench.world.dana.email);
    const payee = `crash-${plan.join('-')}@example.com`;
    const paymentId = await bench.pays(payee, 800);
    await bench.stands(paymentId, 'unclaimed');
    const since = new Date().toISOString();
    crashes = [...plan];
    await bench.world.gateway.askPayment(paymentId, 'cancel', { by: 'payer' });
    // Whoever asks Temporal to cancel the run in the middle of it changes nothing about the money.
    await eventually('giving back is under way', async () => crashes.length < plan.length);
    await bench.world.client.workflow.getHandle(paymentWorkflowId(paymentId)).cancel();
    expect(await bench.ended(paymentId)).toEqual({ end: 'refunded' });
    expect(crashes).toEqual([]);
    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 800 })).toBe('sender');
    expect(await bench.openKinds(paymentId)).toEqual([]);
    expect(await floatOf(bench)).toBe(float);
    const refunds = (await callsOf(bench.world.paypal, since)).filter(({ path }) => path.endsWith('/refund'));
    expect(new Set(refunds.map(({ responseBody }) => (responseBody as { id: string }).id)).size).toBe(1);
  });
});
