import { randomUUID } from 'node:crypto';
import { openBench } from '../../money/bench';
import type { Bench } from '../../money/bench';
import { query } from '../../world/time';
import { eventually } from '../../world/waiting';
import { Rep } from './rep';

interface Listed {
  cases: {
    id: string;
    paymentId?: string;
    kind: string;
    owner: string;
    age: number;
    deadline: string;
    overdue: boolean;
    nextAction: string;
    amount?: { minor: number; currency: string };
  }[];
}

describe('The money queue over the API', () => {
  let bench: Bench;
  let olga: Rep;
  beforeAll(async () => {
    bench = await openBench();
    olga = await Rep.signIn(bench.world.app, 'Olga', 'operator');
  });
  afterAll(() => bench.close());

  const listed = async () => (await olga.get('/money')).body as unknown as Listed;
  const caseOf = (paymentId: string, kind: string) =>
    eventually(`the queue lists ${kind}`, async () =>
      (await listed()).cases.find((open) => open.paymentId === paymentId && open.kind === kind),
    );
  const audited = async (kind: string) =>
    query(bench.world, 'select actor, detail from desk_events where kind = $1 order by event_id desc', [kind]);

  test('lists what is unclaimed with amount, age, owner, deadline and next action', async () => {
    const paymentId = await bench.pays('nobody@example.com', 1_200);
    const open = await caseOf(paymentId, 'unclaimed');
    expect(open).toMatchObject({
      owner: 'program',
      overdue: false,
      amount: { minor: 1_200, currency: 'USD' },
      nextAction: expect.stringMatching(/taken back/) as string,
    });
    expect(open.age).toBeLessThan(60);
    expect(Date.parse(open.deadline)).toBeGreaterThan(Date.now() + 28 * 86_400_000);
    const refused = await olga.post(`/money/${paymentId}/hold`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'closed' } });
    expect(await audited('money-hold')).toEqual([{ actor: 'Olga', detail: { paymentId } }]);
  });

  test('settles a reversal by who and what was proven, and keeps both', async () => {
    const { world } = bench;
    const paymentId = await bench.pays(world.lee.email, 400);
    await bench.ended(paymentId);
    const captureId = await world.store.payments.providerId(paymentId, 'charge', 'captureId');
    await fetch(`${world.paypal}/_sim/reversals`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ captureId }),
    });
    expect(await caseOf(paymentId, 'reversed')).toMatchObject({ owner: 'operators' });
    for (const wrong of [
      {},
      { proven: 'loss-accepted' },
      { proven: 'nothing', evidence: 'X' },
      { proven: 'loss-accepted', evidence: 'a b' },
    ]) {
      expect((await olga.post(`/money/${paymentId}/settle`, wrong)).status).toBe(400);
    }
    const verdict = { proven: 'loss-accepted', evidence: 'PP-D-27803' };
    expect((await olga.post(`/money/${paymentId}/settle`, verdict)).status).toBe(200);
    await eventually('nothing is open', async () => (await bench.openKinds(paymentId)).length === 0);
    expect(await audited('money-settle')).toEqual([{ actor: 'Olga', detail: { paymentId, ...verdict } }]);
    const [settled] = await query(
      world,
      `select settled_by, outcome from money_cases where payment_id = $1 and kind = 'reversed'`,
      [paymentId],
    );
    expect(settled).toEqual({ settled_by: 'Olga', outcome: 'loss-accepted: PP-D-27803' });
    expect(await olga.post(`/money/${paymentId}/settle`, verdict)).toMatchObject({ status: 409 });
  });

  test.each([
    ['rep', 403, 403],
    ['supervisor', 200, 403],
    ['auditor', 200, 403],
    ['operator', 200, 404],
  ] as const)('a %s gets %i for the queue and %i for an action', async (role, reads, acts) => {
    const somebody = await Rep.signIn(bench.world.app, `The ${role}`, role);
    expect((await somebody.get('/money')).status).toBe(reads);
    expect((await somebody.post(`/money/${randomUUID()}/drain`, {})).status).toBe(acts);
  });

  test('what is no id is no payment', async () => {
    expect((await olga.post(`/money/1 or 1=1/release`, {})).status).toBe(404);
  });
});
