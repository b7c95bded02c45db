import type { ThreadMessage as StoredMessage } from '../../src/store';
import { conversationId } from '../../workflows/messages/conversation';
import type { ThreadMessage } from '../world/people/phone';
import type { World } from '../world/world';

/** The thread of a person's conversation as the desk shows it. */
export function storedThread(world: World, personKey: string): Promise<StoredMessage[]> {
  return world.store.messages.thread(conversationId(world.page, personKey), { limit: 500 });
}

/** What the application knows of its messages to a person, oldest first. */
export async function outgoing(world: World, personKey: string): Promise<StoredMessage[]> {
  return (await storedThread(world, personKey)).filter(({ direction }) => direction === 'out');
}

/** The words of one of our messages, wherever they stand on its card. */
export function wordsIn({ content }: StoredMessage): string {
  return JSON.stringify(content);
}

/** Messages of ours that stand in the person's thread more than once. */
export function doubles(thread: ThreadMessage[]): string[] {
  const ids = thread.flatMap(({ from, metadata }) => (from === 'page' && metadata ? [metadata] : []));
  return ids.filter((id, place) => ids.indexOf(id) !== place);
}
