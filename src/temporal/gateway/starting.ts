import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import type { SearchAttributePair } from '@temporalio/common';
import type { OwnerKind } from '../../domain/handoff/owner';
import type { Feature } from '../../domain/rollout/decision';
import { SEARCH_ATTRIBUTES } from '../../../workflows/messages/search-attributes';
import { reach } from './answers';

/**
 * How long the server waits for a worker that took a workflow task before it gives the task to another one: after a
 * killed worker this is what people wait. A task of ours takes milliseconds, and a long local activity prolongs its own.
 */
export const WORKFLOW_TASK_TIMEOUT = '5s';

/** What a run shows to operators when it starts; the workflow changes it from then on. */
export function startingAttributes(now: {
  waitingOn: 'nobody' | 'customer' | 'provider';
  owner: OwnerKind;
  feature?: Feature;
}): SearchAttributePair[] {
  return [
    { key: SEARCH_ATTRIBUTES.waitingOn, value: now.waitingOn },
    { key: SEARCH_ATTRIBUTES.owner, value: now.owner },
    ...(now.feature === undefined ? [] : [{ key: SEARCH_ATTRIBUTES.feature, value: now.feature }]),
  ];
}

/** A run that must never be started twice, whether the first one still runs or has ended. */
export interface SingleStart {
  readonly workflowType: string;
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly input: unknown;
  readonly summary: string;
  readonly attributes: SearchAttributePair[];
}

/** Starts a run once per id: what exists, running or ended, is left as it is. */
export async function startOnce(client: Client, start: SingleStart): Promise<'started' | 'existing'> {
  try {
    await reach(client, () =>
      client.workflow.start(start.workflowType, {
        workflowId: start.workflowId,
        taskQueue: start.taskQueue,
        args: [start.input],
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        // USE_EXISTING would give the running one without telling that it was not started now.
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        typedSearchAttributes: start.attributes,
        staticSummary: start.summary,
      }),
    );
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'existing';
    throw error;
  }
}
