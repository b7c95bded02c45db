import { randomUUID } from 'node:crypto';
import { ActivityCompletionError, ActivityNotFoundError } from '@temporalio/client';
import { PAYMENT, paymentWorkflowId, settleUpdate, walletEventSignal } from '../../../workflows/messages/payment';
import type { GatewayDeps } from './create';
import { Unavailable } from './gateway';
import type { Gateway } from './gateway';
import { ask, reach } from './answers';
import { startOnce, startingAttributes } from './starting';
import { tellRunning } from './telling';

type PaymentGateway = Pick<Gateway, 'startPayment' | 'tellPayment' | 'completePayout' | 'settlePayment'>;

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

    settlePayment: (paymentId, verdict) =>
      ask(client, paymentWorkflowId(paymentId), settleUpdate, [verdict], randomUUID()),
  };
}
