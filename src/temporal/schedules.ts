import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Client, ScheduleOptions } from '@temporalio/client';
import { DAILY_BOOKS, SWEEP_MONEY } from '../../workflows/messages/schedules';

/** The sweep reads the store and asks about what is suspicious only, so that it can come often. */
const SWEEP_EVERY = '5m';

/**
 * PayPal's statement lags by up to three hours (transaction search v1), so a day is compared once it certainly holds
 * all of it: at 04:30 UTC.
 */
const BOOKS_AT = { hour: 4, minute: 30 } as const;

/** A sweep that was missed is made up for by the next one; nights are made up for one after the other. */
const SWEEP_POLICIES = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10m' } as const;
const BOOKS_POLICIES = { overlap: ScheduleOverlapPolicy.BUFFER_ALL, catchupWindow: '14d' } as const;

/** Makes the schedules of the program, or brings them up to date. Every worker may call it at its start. */
export async function ensureSchedules(client: Client, taskQueue: string): Promise<void> {
  for (const schedule of schedulesOn(taskQueue)) await ensure(client, schedule);
}

function schedulesOn(taskQueue: string): ScheduleOptions[] {
  const action = (workflowType: string, workflowId: string) =>
    ({ type: 'startWorkflow', workflowType, workflowId, taskQueue }) as const;
  return [
    {
      scheduleId: 'sweep-money',
      spec: { intervals: [{ every: SWEEP_EVERY }] },
      action: action(SWEEP_MONEY, 'sweep-money'),
      policies: SWEEP_POLICIES,
    },
    {
      scheduleId: 'daily-books',
      spec: { calendars: [BOOKS_AT] },
      action: action(DAILY_BOOKS, 'daily-books'),
      policies: BOOKS_POLICIES,
    },
  ];
}

async function ensure(client: Client, { scheduleId, spec, action, policies }: ScheduleOptions): Promise<void> {
  try {
    await client.schedule.create({ scheduleId, spec, action, ...(policies && { policies }) });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule
      .getHandle(scheduleId)
      .update((known) => ({ ...known, spec, action, ...(policies && { policies }) }));
  }
}
