import { query } from '../world/time';
import { eventually } from '../world/waiting';
import { centsOf, floatOf, openTimedBench } from './bench';
import type { TimedBench } from './bench';

const PAYMENTS = 1_000;
const CENTS = 20;
const DAYS = 31;

/** Some ten thousand calls of each simulator; tasks that the time-skipping server loses come again after 20 s. */
const TAKES_MS = 1_200_000;

describe('Unclaimed money', () => {
  let bench: TimedBench;
  beforeAll(async () => {
    bench = await openTimedBench();
  });
  afterAll(() => bench.close());

  test(
    `of ${PAYMENTS} payments is all with its sender after ${DAYS} days: nothing is held, each was returned once`,
    async () => {
      const { world } = bench;
      const payerBefore = await centsOf(bench, world.dana.email);
      const float = await floatOf(bench);
      for (let count = 0; count < PAYMENTS; count++) await bench.pays(`nobody-${count}@example.com`, CENTS);
      const inState = async (state: string): Promise<number> => {
        const [row] = await query(world, `select count(*)::int as count from payments where state = $1`, [state]);
        return Number(row?.['count']);
      };
      await eventually('all wait to be claimed', async () => (await inState('unclaimed')) === PAYMENTS, TAKES_MS / 4);
      expect(await centsOf(bench, world.dana.email)).toBe(payerBefore - PAYMENTS * CENTS);

      for (let day = 0; day < DAYS; day++) await bench.skip(24);
      await eventually('all are back', async () => (await inState('refunded')) === PAYMENTS, TAKES_MS / 4);
      expect(await centsOf(bench, world.dana.email)).toBe(payerBefore);
      expect(await floatOf(bench)).toBe(float);
      const [books] = await query(
        world,
        `select count(*) filter (where step = 'refund' and account = 'owed')::int as refunds,
                sum(amount_minor) filter (where account = 'owed')::int as owed from ledger_entries`,
      );
      expect(books).toEqual({ refunds: PAYMENTS, owed: 0 });
      expect(await query(world, 'select 1 from money_cases where settled_at is null')).toEqual([]);
      expect(await query(world, `select 1 from limit_reservations where state = 'reserved'`)).toEqual([]);
      // That it waits, five reminders, and that it is back: nobody hears anything twice.
      const [told] = await query(world, `select count(*)::int as count from messages where speaker = 'notice'`);
      expect(told).toEqual({ count: PAYMENTS * 7 });
    },
    TAKES_MS,
  );
});
