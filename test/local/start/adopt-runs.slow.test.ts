import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { LAUNCH_DECISION } from '../../../src/domain/rollout/decision';
import { adoptRuns } from '../../../src/local/start/adopt-runs';
import { makeCurrent } from '../../../src/temporal/worker-versioning';
import { eventSignal } from '../../../workflows/messages/conversation';
import { createTestActivities, ownQueues, startWorkers, testClient } from '../../temporal/worker';
import { eventually } from '../scratch';

const { chat } = ownQueues();
const { activities, seen } = createTestActivities();
const deploymentName = `test-${randomUUID()}`;

let client: Client;

beforeAll(async () => {
  client = await testClient();
});

afterAll(() => client.connection.close());

const build = (buildId: string) => ({ deploymentName, buildId });

function startBuild(buildId: string) {
  const version = build(buildId);
  const workerDeploymentOptions = { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' } as const;
  return startWorkers([chat], activities, { workerDeploymentOptions });
}

describe('a run that is pinned to a build that no worker has any more', () => {
  it('moves on with the build that was just made current once that one adopts it', async () => {
    const before = await startBuild('before');
    await makeCurrent(client, build('before'), [chat]);
    const conversation = await client.workflow.start('conversation', {
      taskQueue: chat,
      workflowId: randomUUID(),
      args: [{ page: '1', personKey: 'p', rollout: LAUNCH_DECISION }],
    });
    await eventually('the run has begun', () => seen.some(({ what }) => what === 'start 1'));
    await before.stop();

    const after = await startBuild('after');
    await makeCurrent(client, build('after'), [chat]);
    await eventually('it is adopted', async () => (await adoptRuns(client, build('after'))) === 1);
    for (const messageId of ['1', '2', '3']) {
      await conversation.signal(eventSignal, { kind: 'echo', metadata: 'm', messageId });
    }
    await expect(conversation.result()).resolves.toBeUndefined();
    await after.stop();
  });
});
