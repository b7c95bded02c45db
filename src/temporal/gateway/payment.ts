import { randomUUID } from 'node:crypto';
import { ActivityCompletionError, ActivityNotFoundError, WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import type { UpdateDefinition } from '@temporalio/common';
import { AFTERCARE, aftercareWorkflowId, foundSignal } from '../../../workflows/messages/aftercare';
import {
  PAYMENT,
  cancelUpdate,
  drainUpdate,
  holdUpdate,
  paymentWorkflowId,
  releaseUpdate,
  settleUpdate,
  walletEventSignal,
} from '../../../workflows/messages/payment';
import type { PaymentStatus, Wish } from '../../../workflows/messages/payment';
import type { GatewayDeps } from './create';
import { Refused, Unavailable } from './gateway';
import type { Gateway, PaymentWish } from './gateway';
import { ask, reach } from './answers';
import { WORKFLOW_TASK_TIMEOUT, startOnce, startingAttributes } from './starting';
import { tellRunning } from './telling';

type PaymentGateway = Pick<
  Gateway,
  'startPayment' | 'tellPayment' | 'completePayout' | 'askPayment' | 'settlePayment' | 'tellAftercare' | 'isLookedAfter'
>;

const WISHES: { [What in PaymentWish]: UpdateDefinition<PaymentStatus, [Wish]> } = {
  cancel: cancelUpdate,
  hold: holdUpdate,
  release: releaseUpdate,
  drain: drainUpdate,
};

/** The part of the gateway that speaks with payments, and with what looks after those that have ended. */
export function paymentGateway({ client, taskQueues }: GatewayDeps): PaymentGateway {
  return {
    startPayment: (input) =>
      startOnce(client, {
        workflowType: PAYMENT,
        workflowId: paymentWorkflowId(input.paymentId),
        taskQueue: taskQueues.money,
        input,
        summary: 'Payment from one person to another',
        attributes: startingAttributes({ waitingOn: 'provider', owner: 'none', feature: input.rollout.feature }),
      }),

    tellPayment: (paymentId, event) => tellRunning(client, paymentWorkflowId(paymentId), walletEventSignal, [event]),

    async completePayout(workflowId, activityId, payout) {
      try {
        await reach(client, () => client.activity.complete({ workflowId, activityId }, payout));
        return 'completed';
      } catch (error) {
        if (error instanceof ActivityNotFoundError) return 'not-waiting';
        // The client tells "not found" apart and keeps nothing of any other answer.
        if (error instanceof ActivityCompletionError) {
          throw new Unavailable('the payout could not be completed', { cause: error });
        }
        throw error;
      }
    },

    askPayment: (paymentId, what, wish) =>
      eitherOf(paymentId, (workflowId) => ask(client, workflowId, WISHES[what], [wish], randomUUID())),

    settlePayment: (paymentId, verdict) =>
      eitherOf(paymentId, (workflowId) => ask(client, workflowId, settleUpdate, [verdict], randomUUID())),

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

/** Asks the payment itself, and where it has ended or refuses, whatever looks after it now. */
async function eitherOf<T>(paymentId: string, request: (workflowId: string) => Promise<T>): Promise<T> {
  try {
    return await request(paymentWorkflowId(paymentId));
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'closed') throw error;
    return request(aftercareWorkflowId(paymentId));
  }
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
