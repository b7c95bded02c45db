import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Db } from '../database';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';
import type { Content } from './content';
import type { OutboxState } from './outbox';

/** One row of a conversation as the desk shows it. */
export interface ThreadMessage {
  messageId: string;
  /** Rises within the conversation. */
  sequence: number;
  direction: 'in' | 'out' | 'note' | 'line';
  speaker: 'person' | 'bot' | 'rep' | 'notice' | 'system';
  rep?: { id: string; name: string };
  content: Content;
  state: OutboxState | 'received' | 'recorded';
  /** Why it could not be sent. */
  problem?: string;
  rule?: string;
  channelMessageId?: string;
  /** When it was written; what the person did, when the person did it. */
  createdAt: Date;
  sentAt?: Date;
  deliveredAt?: Date;
  readAt?: Date;
}

/**
 * The rows of a conversation after a sequence number, in order; without one the latest. A watermark covers everything
 * that the channel dated up to it: the echo has the channel's date of a message, and our own is the next best.
 * @throws PersonForgotten
 */
export async function readThread(
  db: Db,
  personal: PersonalData,
  conversationId: string,
  { after, limit }: { after?: number; limit: number },
): Promise<ThreadMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .innerJoin('people', 'people.person_key', 'messages.person_key')
    .leftJoin('reps', 'reps.rep_id', 'messages.rep_id')
    .selectAll('messages')
    .select(['people.data_key_enc', 'reps.name as rep_name'])
    .select([firstReceipt('delivered').as('delivered_at'), firstReceipt('read').as('read_at')])
    .where('conversation_id', '=', conversationId)
    .$if(after !== undefined, (query) => query.where('sequence', '>', after ?? 0))
    .orderBy('sequence', after === undefined ? 'desc' : 'asc')
    .limit(limit)
    .execute();
  if (after === undefined) rows.reverse();
  return rows.map((row) => {
    const key = personal.unwrap(row.person_key, row.data_key_enc);
    const content = new SealedRow(key, 'messages', row.message_id).open('content_enc', row.content_enc);
    return {
      messageId: row.message_id,
      sequence: row.sequence,
      direction: row.direction as ThreadMessage['direction'],
      speaker: row.speaker as ThreadMessage['speaker'],
      ...(row.rep_id && row.rep_name ? { rep: { id: row.rep_id, name: row.rep_name } } : {}),
      content: JSON.parse(content) as Content,
      state: row.state as ThreadMessage['state'],
      problem: row.problem ?? undefined,
      rule: row.rule ?? undefined,
      channelMessageId: row.channel_message_id ?? undefined,
      createdAt: row.created_at,
      sentAt: row.sent_at ?? undefined,
      // Who has read a message has got it, whether or not the channel said so.
      deliveredAt: row.delivered_at ?? row.read_at ?? undefined,
      readAt: row.read_at ?? undefined,
    };
  });
}

/**
 * When the channel first said so of this message, by its id or by a watermark at or after its date. Two look-ups, each
 * of which ends at the first row of an index, however many receipts the person has.
 */
function firstReceipt(kind: 'delivered' | 'read'): RawBuilder<Date | null> {
  return sql<Date | null>`case when messages.direction = 'out' and messages.sent_at is not null then least(
    (select min(by_id.at) from receipts by_id
      where by_id.kind = ${kind} and by_id.person_key = messages.person_key
        and by_id.channel_message_id = messages.channel_message_id),
    (select by_date.at from receipts by_date
      where by_date.kind = ${kind} and by_date.person_key = messages.person_key
        and by_date.watermark >= floor(extract(epoch from coalesce((
          select min(echo.at) from receipts echo
          where echo.metadata = messages.message_id::text and echo.kind = 'echo'
        ), messages.sent_at)) * 1000)::bigint
      order by by_date.watermark, by_date.at limit 1))
  end`;
}
