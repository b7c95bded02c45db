import { ProviderFailure } from '../../../src/domain/outcomes';
import { paymentWorkflowId } from '../../../workflows/messages/payment';
import { callsOf, send } from '../../world/simulators';
import { query } from '../../world/time';
import { eventually } from '../../world/waiting';
import { centsOf, floatOf, openBench } from '../bench';
import type { Bench } from '../bench';

/** No answer, and none to be asked for before so many hours have passed: longer than any attempt of that call may take. */
function noAnswerFor(hours: number): ProviderFailure {
  return new ProviderFailure('unknown', 'timed-out', { providerCode: 'STALLED', retryAfterMs: hours * 3_600_000 });
}

describe('Row 4: no answer in time, and success later', () => {
  let bench: Bench;
  let float: number;
  /** What PayPal does with charges, how many hours pass until that is known, and whether it can be looked up. */
  let plan = { carriesOut: true, hours: 0, findable: true };

  beforeAll(async () => {
    bench = await openBench((real) => ({
      async charge(request) {
        if (plan.carriesOut) await real.charge(request);
        await bench.ages(plan.hours);
        // PayPal forgets the key of a charge after six hours.
        throw noAnswerFor(7);
      },
      async findCharge(...asked) {
        if (plan.findable) return real.findCharge(...asked);
        throw noAnswerFor(25);
      },
    }));
    float = await floatOf(bench);
  });
  afterAll(() => bench.close());

  /** Starts a payment to Lee; gives its id, and whether Dana was told that it failed. */
  async function pays(cents: number): Promise<{ paymentId: string; toldFailed: () => Promise<boolean> }> {
    const since = (await bench.world.dana.phone.thread()).length;
    const paymentId = await bench.pays(bench.world.lee.email, cents);
    const heard = async () => JSON.stringify(await bench.world.dana.phone.heardSince(since));
    return { paymentId, toldFailed: async () => /not sent/.test(await heard()) };
  }

  const inDoubt = (paymentId: string) =>
    eventually('the charge is looked for', async () => {
      const run = bench.world.client.workflow.getHandle(paymentWorkflowId(paymentId));
      const { raw } = await run.describe();
      const [looking] = raw.pendingActivities ?? [];
      return looking?.activityType?.name === 'findCharge' && (looking.attempt ?? 0) > 1;
    });

  /** Dana's charges are reviewed by PayPal before they are taken, or not. */
  const reviewed = (yes: boolean) =>
    send(`${bench.world.paypal}/_sim/accounts/${bench.world.dana.email}`, { reviewed: yes }, 'PATCH');

  async function captureOf(paymentId: string): Promise<string> {
    for (const { path, responseBody } of await callsOf(bench.world.paypal)) {
      const made = responseBody as {
        purchase_units?: { invoice_id?: string; payments?: { captures?: { id: string }[] } }[];
      };
      const unit = path === '/v2/checkout/orders' ? made.purchase_units?.[0] : undefined;
      if (unit?.invoice_id === paymentId) return unit.payments?.captures?.[0]?.id ?? '';
    }
    throw new Error('PayPal has no such charge');
  }

  test('a charge whose answer stalls for seven hours is found in the statement, made once, and paid out', async () => {
    plan = { carriesOut: true, hours: 7, findable: true };
    const before = await centsOf(bench, bench.world.lee.email);
    const since = new Date().toISOString();
    const { paymentId, toldFailed } = await pays(700);
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    expect(await centsOf(bench, bench.world.lee.email)).toBe(before + 700);
    expect(await toldFailed()).toBe(false);
    expect(await floatOf(bench)).toBe(float);
    const charges = (await callsOf(bench.world.paypal, since)).filter(({ path }) => path === '/v2/checkout/orders');
    expect(charges).toHaveLength(1);
  });

  test('a charge that never happened is declined once the statement would show it, and not before', async () => {
    plan = { carriesOut: false, hours: 7, findable: true };
    const before = await centsOf(bench, bench.world.dana.email);
    const { paymentId, toldFailed } = await pays(700);
    await inDoubt(paymentId);
    expect(await toldFailed()).toBe(false);
    await bench.ages(2);
    await bench.tryNow(paymentWorkflowId(paymentId), 'findCharge');
    expect(await bench.ended(paymentId)).toEqual({ end: 'declined' });
    expect(await toldFailed()).toBe(true);
    expect(await centsOf(bench, bench.world.dana.email)).toBe(before);
  });

  test.each([
    ['COMPLETED', 'paid'],
    ['DECLINED', 'declined'],
  ] as const)('a charge in doubt is closed by the event that it is %s: the payment is %s', async (status, end) => {
    plan = { carriesOut: true, hours: 6, findable: true };
    await reviewed(true);
    const { paymentId, toldFailed } = await pays(200);
    await inDoubt(paymentId);
    expect(await toldFailed()).toBe(false);
    await send(`${bench.world.paypal}/_sim/captures/${await captureOf(paymentId)}`, { status });
    expect(await bench.ended(paymentId)).toEqual({ end });
    expect(await toldFailed()).toBe(end === 'declined');
    expect(await floatOf(bench)).toBe(float);
    await reviewed(false);
  });

  test('after a day in doubt a person decides, by the capture that PayPal shows and that is read there', async () => {
    plan = { carriesOut: true, hours: 0, findable: false };
    const before = await centsOf(bench, bench.world.lee.email);
    const { paymentId, toldFailed } = await pays(300);
    await bench.stands(paymentId, 'needs-operator');
    await eventually('it is a case', async () => (await bench.openKinds(paymentId)).includes('unknown'));
    const settle = (proven: 'charge-taken' | 'refund-given-back', evidence: string) =>
      bench.world.gateway.settlePayment(paymentId, { operator: 'Olga', proven, evidence });
    await expect(settle('refund-given-back', 'R1')).rejects.toThrow('closed');
    // Another payment's capture, or none, proves nothing: the question stays open.
    await settle('charge-taken', 'NOTACAPTURE');
    await eventually('it is asked again', async () => {
      const asked = `select 1 from money_cases where payment_id = $1 and kind = 'unknown'`;
      return (await query(bench.world, asked, [paymentId])).length === 2;
    });
    await settle('charge-taken', await captureOf(paymentId));
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    expect(await centsOf(bench, bench.world.lee.email)).toBe(before + 300);
    expect(await bench.openKinds(paymentId)).toEqual([]);
    expect(await toldFailed()).toBe(false);
    expect(await floatOf(bench)).toBe(float);
  });
});
