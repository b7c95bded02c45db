import type { Dependencies } from '../dependencies';
import type { Outbox } from './outbox';
import type { Post, Telling } from './post';
import { createReception } from './receive';

/** What a conversation does in the chat. */
export function createChatActivities(
  deps: Dependencies,
  outbox: Outbox,
  post: Post,
): ReturnType<typeof createReception> & {
  deliver(telling: Telling): Promise<void>;
  settleEcho(echo: { metadata: string; messageId: string }): Promise<void>;
} {
  return {
    ...createReception(deps, outbox),

    /** Says something to a person, once however often it is tried. */
    deliver: (telling: Telling) => post.say(telling),

    /** The channel proved that a message which stood as "not confirmed" arrived. */
    async settleEcho({ metadata, messageId }): Promise<void> {
      const message = await deps.store.messages.find(metadata);
      if (!message) return;
      await deps.store.transaction(async (tx) => {
        await tx.messages.sent(metadata, messageId);
        await tx.deskEvents.append({ kind: 'message-confirmed', conversationId: message.conversationId });
      });
    },
  };
}
