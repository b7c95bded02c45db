import type { Client } from '@temporalio/client';
import { ensureSchedules } from '../../src/temporal/schedules';
import { ownQueues, testClient } from './worker';

describe('Schedules', () => {
  let client: Client;
  const queues = ownQueues();
  beforeAll(async () => {
    client = await testClient();
  });
  afterAll(async () => {
    for (const id of ['sweep-money', 'daily-books']) await client.schedule.getHandle(id).delete();
    await client.connection.close();
  });

  test('are made once, by however many workers, and brought up to date by the next ones', async () => {
    await Promise.all([ensureSchedules(client, 'an-older-queue'), ensureSchedules(client, 'an-older-queue')]);
    await ensureSchedules(client, queues.money);
    const sweep = await client.schedule.getHandle('sweep-money').describe();
    expect(sweep.action).toMatchObject({ workflowType: 'sweepMoney', taskQueue: queues.money });
    expect(sweep.spec.intervals).toMatchObject([{ every: 300_000 }]);
    const books = await client.schedule.getHandle('daily-books').describe();
    expect(books.action).toMatchObject({ workflowType: 'dailyBooks', taskQueue: queues.money });
    expect(books.spec.calendars).toMatchObject([{ hour: [{ start: 4 }], minute: [{ start: 30 }] }]);
    expect(books.policies).toMatchObject({ overlap: 'BUFFER_ALL', catchupWindow: 14 * 86_400_000 });
    expect(books.info.nextActionTimes[0]?.toISOString()).toMatch(/T04:30:00/);
  });
});
