import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';

/** All workers of this application, in all their versions. */
export const DEPLOYMENT_NAME = 'paypal-in-messenger';

/** Twelve digits tell the versions of many years apart and can still be read aloud. */
const BUILD_ID_DIGITS = 12;

/** Names a version by its workflow code: the same code is the same version, on every machine and after every restart. */
export function versionOf(workflowCode: string): WorkerDeploymentVersion {
  const digest = createHash('sha256').update(workflowCode, 'utf8').digest('hex');
  return { deploymentName: DEPLOYMENT_NAME, buildId: digest.slice(0, BUILD_ID_DIGITS) };
}

/** Workers poll within a second of their start; a busy machine bundles and connects for longer. */
const POLLED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

const { NOT_FOUND, FAILED_PRECONDITION } = { NOT_FOUND: 5, FAILED_PRECONDITION: 9 } as const;

/**
 * Makes a version the one that new runs start on. A versioned worker gets no task before that. Waits until workers of
 * this version have polled all the queues: made current earlier, a queue would stand still.
 *
 * @throws Error naming the queues that no worker polled in time.
 */
export async function makeCurrent(
  client: Client,
  version: WorkerDeploymentVersion,
  taskQueues: readonly string[],
  withinMs = POLLED_WITHIN_MS,
): Promise<void> {
  const { namespace } = client.options;
  const deadline = Date.now() + withinMs;
  for (;;) {
    const polled = await polledQueues(client, version);
    const missing = taskQueues.filter((queue) => !polled.includes(queue));
    if (missing.length === 0 && (await accepted(client, namespace, version))) return;
    if (Date.now() > deadline) {
      const what = missing.length > 0 ? `no worker of it polls ${missing.join(', ')}` : 'the server refuses it';
      throw new Error(`Version ${version.buildId} did not become current: ${what}`);
    }
    await pause(LOOK_EVERY_MS);
  }
}

async function polledQueues(client: Client, deploymentVersion: WorkerDeploymentVersion): Promise<string[]> {
  try {
    const { workerDeploymentVersionInfo } = await client.workflowService.describeWorkerDeploymentVersion({
      namespace: client.options.namespace,
      deploymentVersion,
    });
    return (workerDeploymentVersionInfo?.taskQueueInfos ?? []).map(({ name }) => name ?? '');
  } catch (error) {
    if (hasCode(error, NOT_FOUND)) return [];
    throw error;
  }
}

/** Between the poll and the server's own book-keeping the version may still be unknown. */
async function accepted(client: Client, namespace: string, version: WorkerDeploymentVersion): Promise<boolean> {
  try {
    await client.workflowService.setWorkerDeploymentCurrentVersion({ namespace, ...version });
    return true;
  } catch (error) {
    if (hasCode(error, NOT_FOUND) || hasCode(error, FAILED_PRECONDITION)) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: number): boolean {
  return isGrpcServiceError(error) && Number(error.code) === code;
}
