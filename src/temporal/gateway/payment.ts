import { randomUUID } from 'node:crypto';
import { ActivityCompletionError, ActivityNotFoundError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { aftercareWorkflowId } from '../../../workflows/messages/aftercare';
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
import { startOnce, startingAttributes } from './starting';
import { tellRunning } from './telling';

type PaymentGateway = Pick<Gateway, 'startPayment' | 'tellPayment' | 'completePayout' | 'askPayment' | 'settlePayment'>;

const WISHES: { [What in PaymentWish]: UpdateDefinition<PaymentStatus, [Wish]> } = {
  cancel: cancelUpdate,
  hold: holdUpdate,
  release: releaseUpdate,
  drain: drainUpdate,
};

/** The part of the gateway that speaks with payments. */
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
