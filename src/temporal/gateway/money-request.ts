import {
  MONEY_REQUEST,
  cancelRequestSignal,
  moneyRequestId,
  remindSignal,
  shareSignal,
} from '../../../workflows/messages/money-request';
import type { GatewayDeps } from './create';
import type { Gateway } from './gateway';
import { startOnce, startingAttributes } from './starting';
import { tellRunning } from './telling';

/** The part of the gateway that speaks with money requests. */
export function moneyRequestGateway({
  client,
  taskQueues,
}: GatewayDeps): Pick<Gateway, 'startMoneyRequest' | 'tellMoneyRequest'> {
  return {
    startMoneyRequest: (input) =>
      startOnce(client, {
        workflowType: MONEY_REQUEST,
        workflowId: moneyRequestId(input.requestId),
        taskQueue: taskQueues.chat,
        input,
        summary: 'Asking people for money',
        attributes: startingAttributes({ waitingOn: 'customer', owner: 'none' }),
      }),

    tellMoneyRequest(requestId, message) {
      const workflowId = moneyRequestId(requestId);
      switch (message.kind) {
        case 'share':
          return tellRunning(client, workflowId, shareSignal, [message.news]);
        case 'remind':
          return tellRunning(client, workflowId, remindSignal, []);
        case 'cancel':
          return tellRunning(client, workflowId, cancelRequestSignal, []);
      }
    },
  };
}
