import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { createTestActivities, ownQueues, startWorkers, testClient } from '../worker';

const SECRET = 'Dana Reyes has no money';
const taskQueues = ownQueues();

let client: Client;
let workers: { stop(): Promise<void> };

beforeAll(async () => {
  client = await testClient();
  workers = await startWorkers([taskQueues.chat], createTestActivities().activities);
});

afterAll(async () => {
  await workers.stop();
  await client.connection.close();
});

describe('the history of a run that failed with the words of a person', () => {
  const workflowId = `failing/${randomUUID()}`;
  let stored: temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;

  beforeAll(async () => {
    const options = { workflowId, taskQueue: taskQueues.chat, args: [SECRET], staticSummary: SECRET };
    await client.workflow.execute('failing', options).catch(() => undefined);
    stored = await client.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId },
    });
  });

  test('has nothing of them in clear: not in inputs, details, messages, stacks or the summary', () => {
    const { GetWorkflowExecutionHistoryResponse } = temporal.api.workflowservice.v1;
    const bytes = Buffer.from(GetWorkflowExecutionHistoryResponse.encode(stored).finish());
    expect(stored.history?.events?.length).toBeGreaterThan(5);
    expect(bytes.includes('Dana')).toBe(false);
    expect(bytes.includes('no money')).toBe(false);
    expect(bytes.includes('failWith')).toBe(true);
    expect(bytes.includes('workflows/index.ts')).toBe(false);
  });

  test('still shows operators the type of the failure', () => {
    const failure = stored.history?.events?.find((event) => event.workflowExecutionFailedEventAttributes);
    expect(failure?.workflowExecutionFailedEventAttributes?.failure?.applicationFailureInfo?.type).toBe(
      'provider_final',
    );
  });

  test('gives the message to a client that has the keys', async () => {
    const result = client.workflow.getHandle(workflowId).result();
    await expect(result).rejects.toMatchObject({ cause: { message: SECRET, details: [{ text: SECRET }] } });
  });
});
