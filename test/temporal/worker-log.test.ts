import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Client } from '@temporalio/client';
import { LAUNCH_DECISION } from '../../src/domain/rollout/decision';
import { activeTrace, createLog, startTracing, withSpan } from '../../src/observability';
import type { Log } from '../../src/observability';
import { workerRuntime } from '../../src/observability/worker-runtime';
import { createGateway } from '../../src/temporal/gateway';
import { logActivities, traceActivities } from '../../src/temporal/trace';
import { ownQueues, testClient, until, withWorkers } from './worker';

let written = '';
let log: Log;
let client: Client;

beforeAll(async () => {
  const destination = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  log = createLog({ part: 'worker', level: 'info', destination });
  workerRuntime(log);
  startTracing();
  client = await testClient();
});

afterAll(() => client.connection.close());

const lines = (): Record<string, unknown>[] =>
  written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('what the SDK writes of a failing run stands in our log with its ids, and without the words of the failure', async () => {
  const { chat } = ownQueues();
  const workflowId = `failing/${randomUUID()}`;
  const options = { workflowId, taskQueue: chat, args: ['Dana Reyes has no money'] };
  await withWorkers([chat], () => client.workflow.execute('failing', options).catch(() => undefined));
  const failed = lines().find(({ activityType }) => activityType === 'failWith');
  expect(failed).toMatchObject({ part: 'worker', level: 40, workflowId, component: 'worker' });
  expect(written).not.toContain('Dana');
});

test('looking for the trace of a request shows every activity that followed from it, with its outcome', async () => {
  const taskQueues = ownQueues();
  const gateway = createGateway({ client, taskQueues });
  const person = { page: '1', personKey: randomUUID(), rollout: LAUNCH_DECISION };
  const paymentId = randomUUID();
  const payment = {
    paymentId,
    payerKey: 'p',
    amount: { minor: 1, currency: 'USD' } as const,
    rollout: LAUNCH_DECISION,
  };
  const request = async () => {
    await gateway.tell(person, { kind: 'echo', metadata: 'm', messageId: '1' });
    await gateway.startPayment(payment);
    await client.workflow.start('failing', {
      workflowId: `failing/${paymentId}`,
      taskQueue: taskQueues.chat,
      args: [''],
    });
    return activeTrace()?.traceId;
  };
  const work = async () => {
    const trace = await withSpan('webhook', request, { root: true });
    const followed = () => lines().filter(({ msg, traceId }) => msg === 'activity attempted' && traceId === trace);
    await until(() => followed().length === 4);
    return followed().map(({ activityType, outcome, attempt }) => [activityType, outcome, attempt]);
  };
  const interceptors = { activity: [traceActivities, logActivities(log)] };
  const followed = await withWorkers(Object.values(taskQueues), work, { interceptors });
  expect(followed).toHaveLength(4);
  expect(followed).toEqual(
    expect.arrayContaining([
      ['observe', 'done', 1],
      ['waitForPayout', 'waits', 1],
      ['failWith', 'provider_final', 1],
    ]),
  );
});
