import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { LAUNCH_DECISION } from '../../src/domain/rollout/decision';
import { activeTrace, startTracing, withSpan } from '../../src/observability';
import { createGateway } from '../../src/temporal/gateway/create';
import type { Gateway } from '../../src/temporal/gateway/gateway';
import { conversationId } from '../../workflows/messages/conversation';
import { createTestActivities, ownQueues, startWorkers, testClient, until } from './worker';

const taskQueues = ownQueues();
const { activities, seen } = createTestActivities();
const EVENT = { kind: 'echo', metadata: 'm', messageId: '1' } as const;

let client: Client;
let gateway: Gateway;
let workers: { stop(): Promise<void> };

beforeAll(async () => {
  startTracing();
  client = await testClient();
  gateway = createGateway({ client, taskQueues });
  workers = await startWorkers([taskQueues.chat], activities);
});

afterAll(async () => {
  await workers.stop();
  await client.connection.close();
});

/** Does the work as one request from outside, and gives the id of its trace. */
async function asRequest(work: () => Promise<unknown>): Promise<string> {
  return withSpan(
    'request',
    async () => {
      await work();
      return activeTrace()?.traceId ?? 'none';
    },
    { root: true },
  );
}

const observation = (what: string) => until(() => seen.find((observed) => observed.what === what));

test('one trace leads from each request to the activities it caused, through start, signal and Update, and on to providers', async () => {
  const page = randomUUID();
  const input = { page, personKey: randomUUID(), rollout: LAUNCH_DECISION };
  const press = { actionId: randomUUID(), bodyHash: 'b', rep: { id: 'kim', name: 'Kim' } };

  const first = await asRequest(() => gateway.tell(input, EVENT));
  const started = await observation(`start ${page}`);
  const local = await observation('event 0');
  const second = await asRequest(() => gateway.tell(input, EVENT));
  const localAgain = await observation('event 1');
  const third = await asRequest(() => gateway.act(conversationId(page, input.personKey), 'claim', press));
  const claimed = await observation('claim');

  expect(new Set([first, second, third]).size).toBe(3);
  expect(started.traceId).toBe(first);
  expect(local.traceId).toBe(first);
  expect(localAgain.traceId).toBe(second);
  expect(claimed.traceId).toBe(third);
  expect(claimed.headers['traceparent']).toMatch(new RegExp(`^00-${third}-[0-9a-f]{16}-01$`));
});
