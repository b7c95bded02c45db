import { randomUUID } from 'node:crypto';
import { STEP_UP, decideStepUpUpdate, stepUpWorkflowId } from '../../../workflows/messages/step-up';
import { ask } from './answers';
import type { GatewayDeps } from './create';
import type { Gateway } from './gateway';
import { startOnce, startingAttributes } from './starting';

/** The part of the gateway that speaks with fresh logins. */
export function stepUpGateway({ client, taskQueues }: GatewayDeps): Pick<Gateway, 'startStepUp' | 'decideStepUp'> {
  return {
    startStepUp: (input) =>
      startOnce(client, {
        workflowType: STEP_UP,
        workflowId: stepUpWorkflowId(input.stepUpId),
        taskQueue: taskQueues.chat,
        input,
        summary: 'Fresh login before something is done',
        attributes: startingAttributes({ waitingOn: 'customer', owner: 'none' }),
      }),

    decideStepUp: (stepUpId, choice) =>
      ask(client, stepUpWorkflowId(stepUpId), decideStepUpUpdate, [{ choice }], randomUUID()),
  };
}
