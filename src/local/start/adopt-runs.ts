import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';

/**
 * Hands runs that are pinned to an older build to the current one, and says how many. In production the older workers
 * stay until their runs have ended; on a laptop only the build that was just made runs, and a conversation that began
 * before a `git pull` would never hear an answer again.
 *
 * A run whose history does not fit the new code fails its workflow task and stands so in the Web UI; it would not have
 * moved without this either.
 */
export async function adoptRuns(client: Client, { deploymentName, buildId }: WorkerDeploymentVersion): Promise<number> {
  const { namespace } = client.options;
  const query = [
    'ExecutionStatus = "Running"',
    `TemporalWorkerDeployment = "${deploymentName}"`,
    `TemporalWorkerDeploymentVersion != "${deploymentName}:${buildId}"`,
  ].join(' AND ');
  let adopted = 0;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    await client.workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution: { workflowId, runId },
      workflowExecutionOptions: { versioningOverride: { autoUpgrade: true } },
      updateMask: { paths: ['versioning_override'] },
    });
    adopted += 1;
  }
  return adopted;
}
