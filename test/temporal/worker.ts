import { randomBytes, randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { CompleteAsyncError } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { WorkerOptions } from '@temporalio/worker';
import type { Payout } from '../../src/domain/money/wallet';
import { KeyRing } from '../../src/keys';
import { activeTrace, createLog, startTracing, traceHeaders } from '../../src/observability';
import { workerRuntime } from '../../src/observability/worker-runtime';
import { connectClient, readTarget } from '../../src/temporal/connection';
import { createDataConverter } from '../../src/temporal/payloads/data-converter';
import { registerSearchAttributes } from '../../src/temporal/search-attributes';
import { traceActivities } from '../../src/temporal/trace';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle';
import type { WorkflowBundle } from '../../src/temporal/workflow-bundle';

/** The keys of one suite. */
export const RING = new KeyRing([{ id: 'test', key: randomBytes(32) }]);

const WORKFLOWS = {
  workflowsPath: resolve(__dirname, 'workflows/index.ts'),
  interceptorModules: [resolve(__dirname, '../../workflows/interceptors.ts')],
};

/** Environment of a part that connects to the server of the tests. */
export function testEnvironment(): NodeJS.ProcessEnv {
  return { TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS'] };
}

/** A client as the application makes it, on a server that knows our search attributes. */
export async function testClient(): Promise<Client> {
  const client = await connectClient(readTarget(testEnvironment()), RING);
  await registerSearchAttributes(client, 'default');
  return client;
}

/** Queues that no other suite polls. */
export function ownQueues() {
  const suite = randomUUID();
  return { money: `money-${suite}`, chat: `chat-${suite}` };
}

/** What an activity saw of the trace it runs in. */
export interface Observation {
  what: string;
  traceId?: string;
  headers: Record<string, string>;
}

export function createTestActivities() {
  const seen: Observation[] = [];
  return {
    seen,
    activities: {
      async observe(what: string): Promise<void> {
        const traceId = activeTrace()?.traceId;
        seen.push({ what, headers: traceHeaders(), ...(traceId === undefined ? {} : { traceId }) });
      },
      async waitForPayout(): Promise<Payout> {
        seen.push({ what: 'payout', headers: traceHeaders() });
        throw new CompleteAsyncError();
      },
      async failWith(text: string): Promise<void> {
        throw ApplicationFailure.nonRetryable(text, 'provider_final', { text });
      },
    },
  };
}

export type TestActivities = ReturnType<typeof createTestActivities>['activities'];

let bundled: Promise<WorkflowBundle> | undefined;

/** The workflows of these tests, bundled once per suite. */
export function testBundle(): Promise<WorkflowBundle> {
  return (bundled ??= bundleWorkflows(WORKFLOWS));
}

/** Workers of one suite; `stop` ends them and closes their connection. */
export async function startWorkers(
  taskQueues: readonly string[],
  activities: TestActivities,
  options: Partial<WorkerOptions> = {},
): Promise<{ stop(): Promise<void> }> {
  // Warnings are provoked on purpose, so the SDK tells the tests of errors only.
  if (Runtime.instantiator === undefined) workerRuntime(createLog({ part: 'test', level: 'error' }));
  startTracing();
  const { code } = await testBundle();
  const connection = await NativeConnection.connect(readTarget(testEnvironment()).connectionOptions);
  const workers = await Promise.all(
    taskQueues.map((taskQueue) =>
      Worker.create({
        connection,
        namespace: 'default',
        taskQueue,
        workflowBundle: { code },
        activities,
        dataConverter: createDataConverter(RING, 'default'),
        interceptors: { activity: [traceActivities] },
        ...options,
      }),
    ),
  );
  const runs = workers.map((worker) => worker.run());
  return {
    async stop() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(runs);
      await connection.close();
    },
  };
}

/** Does the work beside workers, which end with it however it ends: a worker left behind would keep Jest from ending. */
export async function withWorkers<T>(
  taskQueues: readonly string[],
  work: () => Promise<T>,
  options: Partial<WorkerOptions> = {},
): Promise<T> {
  const workers = await startWorkers(taskQueues, createTestActivities().activities, options);
  try {
    return await work();
  } finally {
    await workers.stop();
  }
}

/** Looks until the answer is there, for at most ten seconds. */
export async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error('did not happen within ten seconds');
    await new Promise((again) => setTimeout(again, 25));
  }
}
