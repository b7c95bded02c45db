import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { WorkerOptions } from '@temporalio/worker';
import { createGateway } from '../../src/temporal/gateway';
import { DEPLOYMENT_NAME, makeCurrent, versionOf } from '../../src/temporal/worker-versioning';
import { ownQueues, testClient, withWorkers } from './worker';

let client: Client;

beforeAll(async () => {
  client = await testClient();
});

afterAll(() => client.connection.close());

/** Other suites must not share a deployment with this one. */
const aVersion = () => ({ deploymentName: `test-${randomUUID()}`, buildId: randomUUID() });

const versioned = (version: WorkerDeploymentVersion): Partial<WorkerOptions> => ({
  workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' },
});

describe('a versioned worker', () => {
  test('gets work once its version was made current, on all its queues, and counts as ready', async () => {
    const taskQueues = ownQueues();
    const queues = Object.values(taskQueues);
    const version = aVersion();
    const current = makeCurrent(client, version, queues);
    const work = async () => {
      await current;
      for (const taskQueue of queues) {
        const args = [{ sessionId: 's' }];
        await client.workflow.execute('accountLink', { workflowId: randomUUID(), taskQueue, args });
      }
      expect(await createGateway({ client, taskQueues }).ready()).toEqual({ temporal: true, workers: true });
    };
    await withWorkers(queues, work, versioned(version));
  });

  test('does not become current while nobody polls one of its queues, and the error names that queue', async () => {
    const { money, chat } = ownQueues();
    const version = aVersion();
    const current = () => makeCurrent(client, version, [money, chat], 1_500);
    const error = `no worker of it polls ${money}`;
    await withWorkers([chat], () => expect(current()).rejects.toThrow(error), versioned(version));
  });
});

describe('the name of a version', () => {
  test('follows from the workflow code alone', () => {
    expect(versionOf('code')).toEqual({ deploymentName: DEPLOYMENT_NAME, buildId: versionOf('code').buildId });
    expect(versionOf('code').buildId).toMatch(/^[0-9a-f]{12}$/);
    expect(versionOf('other code').buildId).not.toBe(versionOf('code').buildId);
  });
});
