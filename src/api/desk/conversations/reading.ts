import type { Conversation, Store } from '../../../store';
import { ConversationList, ListQuery } from '../../contract/conversation';
import { Draft } from '../../contract/desk';
import { ConversationDetail } from '../../contract/detail';
import { notFound } from '../../problem';
import type { DeskDependencies } from '../dependencies';
import type { JsonRoutes } from '../json-routes';
import { pathPart } from '../json-routes';
import { ACTS, READS } from '../access/roles';
import { wireContext, wireConversation, wireHistory } from './shapes';
import { wireMessage } from './thread';

/** Longer lists are read by nobody; who waits longest is among the first. */
const LIST_LIMIT = 200;

/** How many messages of a thread are shown, the newest. */
const THREAD_LIMIT = 500;

const ONE = '/api/desk/conversations/:id';

/** Lists, single conversations and drafts. Reading changes nothing: no message is marked as seen. */
export function declareConversations(routes: JsonRoutes, { store }: DeskDependencies): void {
  routes.declare(
    {
      method: 'get',
      path: '/api/desk/conversations',
      who: READS,
      summary: 'Conversations by state',
      query: ListQuery,
      answer: ConversationList,
    },
    async ({ query, rep }) => {
      const rows = await store.conversations.list(query.state, rep.repId, LIST_LIMIT);
      return { conversations: rows.map(wireConversation) };
    },
  );

  routes.declare(
    {
      method: 'get',
      path: ONE,
      who: READS,
      summary: 'One conversation, by id or reference, with thread, context and history',
      answer: ConversationDetail,
    },
    async ({ request }) => detailOf(store, await conversationOf(store, pathPart(request, 'id'))),
  );

  routes.declare(
    { method: 'get', path: `${ONE}/draft`, who: ACTS, summary: 'What you typed and did not send', answer: Draft },
    async ({ request, rep }) => {
      const { conversationId } = await conversationOf(store, pathPart(request, 'id'));
      return { text: (await store.drafts.of(rep.repId, conversationId)) ?? '' };
    },
  );

  routes.declare(
    { method: 'put', path: `${ONE}/draft`, who: ACTS, summary: 'Keep what you typed; empty forgets it', body: Draft },
    async ({ request, rep, body }) => {
      const { conversationId } = await conversationOf(store, pathPart(request, 'id'));
      if (body.text === '') await store.drafts.clear(rep.repId, conversationId);
      else await store.drafts.save(rep.repId, conversationId, body.text);
    },
  );
}

/** The conversation of an id or reference. @throws Problem 404 where there is none. */
export async function conversationOf(store: Store, idOrReference: string): Promise<Conversation> {
  const row = await store.conversations.find(idOrReference);
  if (!row) throw notFound('There is no such conversation.');
  return row;
}

async function detailOf(store: Store, row: Conversation): Promise<ConversationDetail> {
  const [thread, history, person, link] = await Promise.all([
    store.messages.thread(row.conversationId, { limit: THREAD_LIMIT }),
    store.deskEvents.historyOf(row.conversationId),
    store.people.find(row.personKey),
    store.links.active(row.personKey),
  ]);
  return {
    conversation: wireConversation(row),
    thread: thread.map(wireMessage),
    context: wireContext(row, person, link),
    history: history.map(wireHistory),
  };
}
