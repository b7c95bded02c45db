import type { Conversation as WireConversation } from '../../contract/conversation';
import type { Context, HistoryEntry } from '../../contract/detail';
import type { Conversation, DeskEvent, Link, Person } from '../../../store';
import { maskedEmail } from '../../../domain/people/masked';
import type { ConversationView } from '../../../../workflows/messages/conversation';
import { wireOwner } from '../../problem';

/** How a person is named whose name the channel withholds. */
const NAMELESS = 'Somebody';

/** A row of the read model as the desk's answers show it. */
export function wireConversation(row: Conversation): WireConversation {
  return {
    id: row.conversationId,
    reference: row.reference,
    person: { name: row.personName ?? NAMELESS },
    owner: wireOwner({ ...row.owner, since: row.owner.since.getTime() }),
    ...(row.waitingSince ? { waitingSince: row.waitingSince.toISOString() } : {}),
    ...(row.reason ? { reason: row.reason } : {}),
  };
}

/** The row with what the workflow has just decided, which the row may not show yet. */
export function afterAction(row: Conversation, { owner, waiting }: ConversationView): WireConversation {
  const { waitingSince: _waitingSince, reason: _reason, ...rest } = wireConversation(row);
  return {
    ...rest,
    owner: wireOwner(owner),
    ...(waiting ? { waitingSince: new Date(waiting.since).toISOString(), reason: waiting.reason } : {}),
  };
}

/** What a rep should know of the person and of how the conversation came here. */
export function wireContext(row: Conversation, person: Person | undefined, link: Link | undefined): Context {
  return {
    ...(row.reason ? { reason: row.reason } : {}),
    ...(row.intent ? { intent: row.intent } : {}),
    account: link ? { linked: true, email: maskedEmail(link.email) } : { linked: false },
    ...(person?.lastActAt ? { lastActAt: person.lastActAt.toISOString() } : {}),
    ...(person?.adClickAt ? { adClickAt: person.adClickAt.toISOString() } : {}),
    ...(row.closedAt ? { closedAt: row.closedAt.toISOString() } : {}),
  };
}

/** One event of the log as a line of the conversation's history. */
export function wireHistory({ eventId, kind, actor, detail, at }: DeskEvent): HistoryEntry {
  return { id: eventId, kind, ...(actor ? { actor } : {}), detail, at: at.toISOString() };
}
