import { randomUUID } from 'node:crypto';
import type { Books } from '../../workflows/schedules';
import { DAILY_BOOKS } from '../../workflows/messages/schedules';
import { aftercareWorkflowId } from '../../workflows/messages/aftercare';
import { createPayPal } from '../../src/wallets/paypal';
import { send } from '../world/simulators';
import { query } from '../world/time';
import { eventually } from '../world/waiting';
import { openBench, openTimedBench } from './bench';
import type { Bench, TimedBench } from './bench';

const DAY_MS = 86_400_000;

describe('The books, night by night', () => {
  let bench: TimedBench;
  beforeEach(async () => {
    bench = await openTimedBench();
  });
  afterEach(() => bench.close());

  /** The night's work, as its Schedule begins it. */
  async function night(): Promise<Books> {
    const { client, taskQueues } = bench.world;
    const run = { workflowId: `daily-books-${randomUUID()}`, taskQueue: taskQueues.money };
    return (await client.workflow.execute(DAILY_BOOKS, run)) as Books;
  }

  /** Until five in the morning of the next day, UTC: PayPal's statement of today is complete then. */
  async function untilTheNight(): Promise<void> {
    const { hours, minutes } = { hours: new Date().getUTCHours(), minutes: new Date().getUTCMinutes() };
    await bench.skip(24 - hours + (minutes > 0 ? 4 : 5));
  }

  const breaks = () =>
    query(
      bench.world,
      `select case_id, payment_id, detail ->> 'figure' as figure, owner, deadline > opened_at as later
       from money_cases where kind = 'break' and settled_at is null order by opened_at`,
    );

  test('agree with PayPal about whatever can happen to a payment: charges, payouts, fees, refunds, reversals', async () => {
    const { world } = bench;
    const paid = await bench.pays(world.lee.email, 1_000);
    await bench.ended(paid);
    const reversed = await bench.pays(world.lee.email, 500);
    await bench.ended(reversed);
    const captureId = await world.store.payments.providerId(reversed, 'charge', 'captureId');
    await send(`${world.paypal}/_sim/reversals`, { captureId });
    await eventually('the reversal is booked', async () => (await bench.openKinds(reversed)).includes('reversed'));
    const sentBack = await bench.pays(world.lee.email, 700);
    await bench.ended(sentBack);
    const item = await world.store.payments.providerId(sentBack, 'payout', 'itemId');
    await send(`${world.paypal}/_sim/payout-items/${item}`, { status: 'REFUNDED' });
    await bench.cared(sentBack);
    const undone = await bench.pays('nobody@example.com', 800);
    await bench.stands(undone, 'unclaimed');
    await world.gateway.askPayment(undone, 'cancel', { by: 'payer' });
    await bench.ended(undone);
    const waiting = await bench.pays('somebody@example.com', 900);
    await bench.stands(waiting, 'unclaimed');

    await untilTheNight();
    const { sealed, compared, breaks: found } = await night();
    expect(await breaks()).toEqual([]);
    expect(found).toBe(0);
    // Five charges and payouts, two payouts that came back, two refunds and a reversal.
    expect(compared).toBe(15);
    expect(sealed).toBeGreaterThan(30);
    expect(await world.store.ledgerSeals.verify()).toEqual({ entries: sealed, days: 1 });
  });

  test('agree about a charge whose answer was lost for a day and a half, and which PayPal has days before', async () => {
    const { world } = bench;
    const late = await bench.pays(world.lee.email, 600);
    await bench.ended(late);
    // As if the answer had been lost: PayPal took the money in the evening, and it is booked days later.
    await query(world, 'alter table ledger_entries disable trigger all');
    await query(world, `update ledger_entries set recorded_at = date_trunc('day', now(), 'UTC') + interval '59 hours'`);
    await query(world, 'alter table ledger_entries enable trigger all');
    await untilTheNight();
    await bench.skip(48);
    const { compared } = await night();
    expect(compared).toBe(2);
    expect(await breaks()).toEqual([]);
  });

  test('differ where money moved past them: every break has an owner and a deadline, once, and is settled by proof', async () => {
    const { world } = bench;
    const paypal = createPayPal({ apiUrl: world.paypal, webUrl: world.paypal, ...world.paypalClient });
    const past = await bench.pays(world.lee.email, 100);
    await bench.ended(past);
    // Somebody charges through the same account, and somebody changes a row of ours.
    const amount = { minor: 300, currency: 'USD' } as const;
    await paypal.charge({ paymentId: 'shop-1', key: 'shop-1', amount, vaultToken: 'dana0wallet0seed' });
    await query(world, 'alter table ledger_entries disable trigger all');
    await query(
      world,
      `update ledger_entries set amount_minor = amount_minor - 1 where payment_id = $1 and step = 'charge' and account = 'owed'`,
      [past],
    );
    await query(world, 'alter table ledger_entries enable trigger all');

    await untilTheNight();
    await night();
    const found = await breaks();
    expect(found.map(({ figure }) => String(figure)).toSorted()).toEqual(['charge-differs', 'charge-missing-in-books']);
    for (const { owner, later } of found) expect({ owner, later }).toEqual({ owner: 'operators', later: true });
    await night();
    expect(await breaks()).toHaveLength(2);

    for (const { case_id: caseId, payment_id: paymentId } of found) {
      const subject = String(paymentId ?? caseId);
      await world.gateway.settlePayment(subject, { operator: 'Olga', proven: 'break-explained', evidence: 'TICKET-7' });
      await world.client.workflow.getHandle(aftercareWorkflowId(subject)).result();
    }
    expect(await breaks()).toEqual([]);
  });
});

describe('A night that was missed', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  test('is made up for later, and compares the day that it was meant for', async () => {
    const { world } = bench;
    await bench.ended(await bench.pays(world.lee.email, 600));
    await query(world, 'alter table ledger_entries disable trigger all');
    await query(world, `update ledger_entries set recorded_at = date_trunc('day', now(), 'UTC') - interval '60 hours'`);
    await query(world, 'alter table ledger_entries enable trigger all');
    const today = new Date().setUTCHours(0, 0, 0, 0);
    const [start, end] = [new Date(today - 2 * DAY_MS), new Date(today - DAY_MS)];
    const schedule = await world.client.schedule.create({
      scheduleId: `missed-night-${randomUUID()}`,
      spec: { calendars: [{ hour: 4, minute: 30 }] },
      action: { type: 'startWorkflow', workflowType: DAILY_BOOKS, taskQueue: world.taskQueues.money },
      state: { paused: true },
    });
    try {
      await schedule.backfill({ start, end, overlap: 'ALLOW_ALL' });
      const run = await eventually('the night', async () => (await schedule.describe()).info.recentActions[0]);
      const { workflowId } = run.action.workflow;
      expect(await world.client.workflow.getHandle(workflowId).result()).toMatchObject({ compared: 2 });
    } finally {
      await schedule.delete();
    }
  });
});
