import { randomUUID } from 'node:crypto';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import type { UpdateDefinition } from '@temporalio/common';
import {
  CONVERSATION,
  claimUpdate,
  conversationId,
  eventSignal,
  noteUpdate,
  releaseUpdate,
  replyUpdate,
  resolveUpdate,
  returnToBotUpdate,
  snoozeUpdate,
  transferUpdate,
} from '../../../workflows/messages/conversation';
import type { ConversationView } from '../../../workflows/messages/conversation';
import type { Gateway, RepActions } from './gateway';
import type { GatewayDeps } from './create';
import { ask, reach } from './answers';
import { WORKFLOW_TASK_TIMEOUT, startingAttributes } from './starting';

const UPDATES: { [Name in keyof RepActions]: UpdateDefinition<ConversationView, [RepActions[Name]]> } = {
  claim: claimUpdate,
  reply: replyUpdate,
  note: noteUpdate,
  transfer: transferUpdate,
  release: releaseUpdate,
  snooze: snoozeUpdate,
  resolve: resolveUpdate,
  returnToBot: returnToBotUpdate,
};

/** The part of the gateway that speaks with conversations. */
export function conversationGateway({ client, taskQueues }: GatewayDeps): Pick<Gateway, 'tell' | 'act'> {
  return {
    async tell(conversation, event) {
      await reach(client, () =>
        client.workflow.signalWithStart(CONVERSATION, {
          workflowId: conversationId(conversation.page, conversation.personKey),
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
          taskQueue: taskQueues.chat,
          args: [conversation],
          signal: eventSignal,
          signalArgs: [event],
          workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
          typedSearchAttributes: startingAttributes({
            waitingOn: 'nobody',
            owner: 'bot',
            feature: conversation.rollout.feature,
          }),
          staticSummary: 'Conversation of one person with the page',
        }),
      );
    },

    act(id, name, action) {
      return ask(client, id, UPDATES[name], [action], updateIdOf(action.actionId));
    },
  };
}

/**
 * The server answers a known update id from its memory, refusals included, while a refusal must be judged anew: so each
 * request has an id of its own. Equal action ids are made one by the workflow, which keeps them over its runs.
 */
function updateIdOf(actionId: string): string {
  return `${actionId}:${randomUUID()}`;
}
