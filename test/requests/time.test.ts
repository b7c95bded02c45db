import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { MoneyRequestInput, ShareNews } from '../../workflows/messages/money-request';
import {
  MONEY_REQUEST,
  cancelRequestSignal,
  moneyRequestId,
  remindSignal,
  shareSignal,
} from '../../workflows/messages/money-request';
import { workflowBundle } from '../world/servers/bundle';
import { startTimeSkipping } from '../world/servers/time-skipping';

const DAY_MS = 24 * 3_600_000;

/** What the run asked the world to do, with the day of it. */
interface Done {
  what: 'news' | 'remind' | 'close';
  day: number;
  detail: unknown;
}

describe('a money request over time', () => {
  let env: TestWorkflowEnvironment;
  let code: string;
  beforeAll(async () => {
    env = await startTimeSkipping();
    code = (await workflowBundle()).code;
  });
  afterAll(() => env.teardown());

  /** Runs a request of two shares to its end, with what happens in between; gives the end and what was done. */
  async function runs(
    meanwhile: (tell: Tell, days: (many: number) => Promise<void>) => Promise<void> = async () => undefined,
  ) {
    const taskQueue = randomUUID();
    const done: Done[] = [];
    const start = await env.currentTimeMs();
    const note = (what: Done['what']) => async (detail: unknown) => {
      done.push({ what, day: Math.floor(((await env.currentTimeMs()) - start) / DAY_MS), detail });
    };
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue,
      workflowBundle: { code },
      activities: { tellShareNews: note('news'), remindOfRequest: note('remind'), closeRequest: note('close') },
    });
    const input: MoneyRequestInput = {
      requestId: randomUUID(),
      requesterKey: 'requester',
      askedAt: start,
      shares: ['a', 'b'].map((shareId) => ({
        shareId,
        payerKey: `payer-${shareId}`,
        amount: { minor: 500, currency: 'USD' },
      })),
    };
    const result = await worker.runUntil(async () => {
      const handle = await env.client.workflow.start(MONEY_REQUEST, {
        workflowId: moneyRequestId(input.requestId),
        taskQueue,
        args: [input],
      });
      const tell: Tell = {
        share: (news) => handle.signal(shareSignal, news),
        cancel: () => handle.signal(cancelRequestSignal),
        remind: () => handle.signal(remindSignal),
      };
      await meanwhile(tell, (many) => env.sleep(many * DAY_MS));
      return (await handle.result()) as unknown;
    });
    return { result, done };
  }

  interface Tell {
    share(news: ShareNews): Promise<void>;
    cancel(): Promise<void>;
    remind(): Promise<void>;
  }

  test('nobody answers: reminders on days 1, 3 and 7, and the end after 14', async () => {
    const { result, done } = await runs();
    expect(result).toEqual({ end: 'expired', paid: 0 });
    expect(done.map(({ what, day }) => [what, day])).toEqual([
      ['remind', 1],
      ['remind', 3],
      ['remind', 7],
      ['close', 14],
    ]);
  });

  test('only those who have not answered are reminded, and it ends when the last one has', async () => {
    const { result, done } = await runs(async (tell, days) => {
      await tell.share({ shareId: 'a', state: 'paid' });
      await days(2);
      await tell.share({ shareId: 'b', state: 'declined' });
    });
    expect(result).toEqual({ end: 'settled', paid: 1 });
    expect(done.filter(({ what }) => what === 'remind')).toMatchObject([{ day: 1, detail: { shareIds: ['b'] } }]);
    expect(done.filter(({ what }) => what === 'close')).toEqual([]);
  });

  test('a cancellation ends it at once', async () => {
    const { result, done } = await runs(async (tell, days) => {
      await days(2);
      await tell.cancel();
    });
    expect(result).toEqual({ end: 'cancelled', paid: 0 });
    expect(done.at(-1)).toMatchObject({ what: 'close', day: 2, detail: { end: 'cancelled' } });
  });

  test('a reminder by hand reaches people at most once a day', async () => {
    const { done } = await runs(async (tell, days) => {
      await tell.remind();
      await days(2);
      await tell.remind();
      await tell.remind();
      await tell.cancel();
    });
    expect(done.filter(({ what }) => what === 'remind').map(({ day }) => day)).toEqual([1, 2]);
  });

  test('news that come late change nothing that is settled', async () => {
    const { result } = await runs(async (tell) => {
      await tell.share({ shareId: 'a', state: 'paid' });
      await tell.share({ shareId: 'a', state: 'declined' });
      await tell.share({ shareId: 'b', state: 'paid' });
    });
    expect(result).toEqual({ end: 'settled', paid: 2 });
  });
});
