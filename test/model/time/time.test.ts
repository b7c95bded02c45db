import { openWorld } from '../../world/world';
import { query } from '../../world/time';
import { realNow } from './shifted-date';
import { SkippedTime } from './skipped-time';

const HOUR_MS = 3_600_000;

describe('time that is skipped for everything at once', () => {
  test('Temporal, this process, the simulators and the database go ahead together', async () => {
    const time = await SkippedTime.begin();
    const world = await openWorld({
      temporalAddress: time.address,
      prepare: (databaseUrl) => time.takeAlong(databaseUrl),
    });
    try {
      await time.pass(7 * HOUR_MS);
      const hoursAhead = (then: Date | number): number => Math.round((Number(then) - realNow()) / HOUR_MS);
      const [row] = await query(world, 'select now() as now');
      expect(hoursAhead(Date.now())).toBe(7);
      expect(hoursAhead(new Date())).toBe(7);
      expect(hoursAhead(row?.['now'] as Date)).toBe(7);
      await world.dana.phone.hears(/Dana/, await world.dana.phone.says('hello'));
      const last = (await world.dana.phone.thread()).at(-1) as unknown as { at: string };
      expect(hoursAhead(new Date(last.at))).toBe(7);
    } finally {
      await world.close();
      await time.end();
    }
  });
});
