import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import { AFTERCARE, aftercareWorkflowId, foundSignal, walletEventSignal } from '../../../workflows/messages/aftercare';
import { paymentWorkflowId } from '../../../workflows/messages/payment';
import { reach } from './answers';
import type { GatewayDeps } from './create';
import type { Gateway } from './gateway';
import { WORKFLOW_TASK_TIMEOUT, startingAttributes } from './starting';

/** The part of the gateway that speaks with what looks after finished payments. */
export function aftercareGateway({
  client,
  taskQueues,
}: GatewayDeps): Pick<Gateway, 'tellAftercare' | 'isLookedAfter'> {
  return {
    async tellAftercare(input, news) {
      const start = {
        workflowId: aftercareWorkflowId(input.subject),
        // Another happening after the first was dealt with is looked after by another run.
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        taskQueue: taskQueues.money,
        args: [input],
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        typedSearchAttributes: startingAttributes({ waitingOn: 'nobody', owner: 'none' }),
        staticSummary: 'What happens to a payment after its end',
      };
      const found = news.kind === 'orphaned' || news.kind === 'break';
      await reach(client, () =>
        found
          ? client.workflow.signalWithStart(AFTERCARE, { ...start, signal: foundSignal, signalArgs: [news] })
          : client.workflow.signalWithStart(AFTERCARE, { ...start, signal: walletEventSignal, signalArgs: [news] }),
      );
    },

    async isLookedAfter(paymentId) {
      return (
        (await isRunning(client, paymentWorkflowId(paymentId))) || isRunning(client, aftercareWorkflowId(paymentId))
      );
    },
  };
}

async function isRunning(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await reach(client, () => client.workflow.getHandle(workflowId).describe());
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
