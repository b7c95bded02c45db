import {
  ACCOUNT_LINK,
  abortSignal,
  accountLinkId,
  confirmInChatSignal,
  linkedSignal,
} from '../../../workflows/messages/account-link';
import type { GatewayDeps } from './create';
import type { Gateway } from './gateway';
import { startOnce, startingAttributes } from './starting';
import { tellRunning } from './telling';

/** The part of the gateway that speaks with account linkings. */
export function accountLinkGateway({
  client,
  taskQueues,
}: GatewayDeps): Pick<Gateway, 'startAccountLink' | 'tellAccountLink'> {
  return {
    startAccountLink: (input) =>
      startOnce(client, {
        workflowType: ACCOUNT_LINK,
        workflowId: accountLinkId(input.sessionId),
        taskQueue: taskQueues.chat,
        input,
        summary: 'Linking of an account',
        attributes: startingAttributes({ waitingOn: 'customer', owner: 'none' }),
      }),

    tellAccountLink(sessionId, message) {
      const workflowId = accountLinkId(sessionId);
      switch (message.kind) {
        case 'linked':
          return tellRunning(client, workflowId, linkedSignal, []);
        case 'abort':
          return tellRunning(client, workflowId, abortSignal, [{ why: message.why }]);
        case 'confirm-in-chat':
          return tellRunning(client, workflowId, confirmInChatSignal, [{ code: message.code }]);
      }
    },
  };
}
