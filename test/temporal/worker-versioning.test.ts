import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { DEPLOYMENT_NAME, makeCurrent, versionOf } from '../../src/temporal/worker-versioning';
import { createTestActivities, ownQueues, startWorkers, testClient } from './worker';

let client: Client;

beforeAll(async () => {
  client = await testClient();
});

afterAll(() => client.connection.close());

/** Other suites must not share a deployment with this one. */
const aVersion = () => ({ deploymentName: `test-${randomUUID()}`, buildId: randomUUID() });

describe('a versioned worker', () => {
  test('gets work once its version was made current, on all its queues', async () => {
    const queues = Object.values(ownQueues());
    const version = aVersion();
    const current = makeCurrent(client, version, queues);
    const workers = await startWorkers(queues, createTestActivities().activities, {
      workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' },
    });
    await current;
    for (const taskQueue of queues) {
      const args = [{ sessionId: 's' }];
      await client.workflow.execute('accountLink', { workflowId: randomUUID(), taskQueue, args });
    }
    await workers.stop();
  });

  test('does not become current while nobody polls one of its queues, and the error names that queue', async () => {
    const { money, chat } = ownQueues();
    const version = aVersion();
    const workers = await startWorkers([chat], createTestActivities().activities, {
      workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' },
    });
    await expect(makeCurrent(client, version, [money, chat], 1_500)).rejects.toThrow(`no worker of it polls ${money}`);
    await workers.stop();
  });
});

describe('the name of a version', () => {
  test('follows from the workflow code alone', () => {
    expect(versionOf('code')).toEqual({ deploymentName: DEPLOYMENT_NAME, buildId: versionOf('code').buildId });
    expect(versionOf('code').buildId).toMatch(/^[0-9a-f]{12}$/);
    expect(versionOf('other code').buildId).not.toBe(versionOf('code').buildId);
  });
});
