import { NoSuchRow } from '../../src/store';
import type { Store } from '../../src/store';

/**
 * Writes into a conversation, and makes it first where there is none: somebody's first message is on its way, or a payee
 * has never written to the page.
 */
export async function inConversation<T>(
  store: Store,
  conversation: { conversationId: string; personKey: string },
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof NoSuchRow && error.table === 'conversations')) throw error;
    await store.conversations.ensure(conversation);
    return write();
  }
}
