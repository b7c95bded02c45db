import { sql } from 'kysely';
import type { Expression, RawBuilder } from 'kysely';
import type { SendRule } from '../../domain/chat/channel';
import type { Db } from '../database';
import { REACH_COLUMNS, readReach } from '../people/reach';
import type { Reach } from '../people/reach';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';
import type { Content } from './content';
import { uniqueKeyOf, writeRow } from './message-rows';

/** What is known of a message of ours. `sending`: it may have left, and nobody knows yet. */
export type OutboxState = 'pending' | 'sending' | 'sent' | 'unconfirmed' | 'failed' | 'dropped' | 'waiting-window';

/** Who speaks. The bot and reps fall silent when the owner changes; a notice tells a fact and is always said. */
export type Speaker = 'bot' | 'rep' | 'notice';

/** A message on its way to a person. */
export interface OutboxRow {
  messageId: string;
  conversationId: string;
  personKey: string;
  /** Where the person is reached, as of when the row was written or read. */
  reach: Reach;
  speaker: Speaker;
  repId?: string;
  content: Content;
  state: OutboxState;
  /** How often it was given to the channel. */
  attempts: number;
  rule: SendRule;
  /** Whether this call wrote it: false for a repetition. */
  isNew: boolean;
}

/** A message to be sent. `key` is the same whenever the step is repeated. */
export interface QueuedMessage {
  messageId: string;
  conversationId: string;
  personKey: string;
  key: string;
  speaker: Speaker;
  repId?: string;
  /** For which owner it was written; a later owner drops it. */
  ownerEpoch?: number;
  content: Content;
  rule: SendRule;
}

/** Messages to people: written before they are sent, so that after any crash it is known what may have left. */
export class Outbox {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  async queue(message: QueuedMessage): Promise<OutboxRow> {
    const { messageId, conversationId, personKey, speaker, repId, ownerEpoch, content, rule } = message;
    const uniqueKey = uniqueKeyOf(this.personal, 'out', conversationId, message.key);
    const { isNew, state, reach } = await writeRow(
      this.db,
      this.personal,
      {
        message_id: messageId,
        conversation_id: conversationId,
        person_key: personKey,
        direction: 'out',
        speaker,
        rep_id: repId,
        unique_key: uniqueKey,
        owner_epoch: ownerEpoch,
        content,
        rule,
        state: sql<string>`case when ${isOutdated(sql`${speaker}`, sql`${ownerEpoch ?? null}`)} then 'dropped' else 'pending' end`,
      },
      { saidAt: sql<Date>`now()` },
    );
    if (isNew && reach) {
      const written = { messageId, conversationId, personKey, reach, speaker, repId, content, rule };
      return { ...written, state: state as OutboxState, attempts: 0, isNew };
    }
    return this.read(await this.rows().where('unique_key', '=', uniqueKey).executeTakeFirstOrThrow());
  }

  /**
   * Takes the message for one attempt: true for exactly one of several that ask. A message of the bot or of a rep whose
   * time as owner is over is dropped here, at the last moment before it would leave.
   */
  async claim(messageId: string, from: OutboxState[]): Promise<boolean> {
    // One statement: the lock that it takes on the conversation holds until it has ended, as in a transaction.
    const row = await this.db
      .with('conversation', (db) =>
        db
          .selectFrom('conversations')
          .innerJoin('messages', 'messages.conversation_id', 'conversations.conversation_id')
          .select('conversations.owner_epoch')
          .where('messages.message_id', '=', messageId)
          .forNoKeyUpdate('conversations'),
      )
      .updateTable('messages')
      .from('conversation')
      .set({
        state: sql<string>`case when ${IS_OUTDATED} then 'dropped' else 'sending' end`,
        attempts: sql<number>`attempts + case when ${IS_OUTDATED} then 0 else 1 end`,
      })
      .where('message_id', '=', messageId)
      .where('direction', '=', 'out')
      .where('state', 'in', from)
      .returning('state')
      .executeTakeFirst();
    return row?.state === 'sending';
  }

  async sent(messageId: string, channelMessageId: string): Promise<void> {
    await this.db
      .updateTable('messages')
      .set({
        state: 'sent',
        problem: null,
        channel_message_id: channelMessageId,
        sent_at: sql<Date>`coalesce(sent_at, now())`,
      })
      .where('message_id', '=', messageId)
      .where('direction', '=', 'out')
      .where('state', '!=', 'dropped')
      .execute();
  }

  async markAs(messageId: string, state: Exclude<OutboxState, 'sending' | 'sent'>, problem?: string): Promise<void> {
    await this.db
      .updateTable('messages')
      .set({ state, problem: problem ?? null })
      .where('message_id', '=', messageId)
      .where('direction', '=', 'out')
      .where('state', 'not in', ['sent', 'dropped'])
      .execute();
  }

  async find(messageId: string): Promise<OutboxRow | undefined> {
    const row = await this.rows().where('message_id', '=', messageId).executeTakeFirst();
    return row && this.read(row);
  }

  async waitingWindow(personKey: string): Promise<OutboxRow[]> {
    const rows = await this.rows()
      .where('messages.person_key', '=', personKey)
      .where('state', '=', 'waiting-window')
      .orderBy('sequence')
      .execute();
    return rows.map((row) => this.read(row));
  }

  private rows() {
    return this.db
      .selectFrom('messages')
      .innerJoin('people', 'people.person_key', 'messages.person_key')
      .selectAll('messages')
      .select('people.data_key_enc')
      .select(REACH_COLUMNS)
      .where('direction', '=', 'out');
  }

  private read(row: Awaited<ReturnType<ReturnType<Outbox['rows']>['execute']>>[number]): OutboxRow {
    const key = this.personal.unwrap(row.person_key, row.data_key_enc);
    const content = new SealedRow(key, 'messages', row.message_id).open('content_enc', row.content_enc);
    return {
      messageId: row.message_id,
      conversationId: row.conversation_id,
      personKey: row.person_key,
      reach: readReach(row.person_key, row, key),
      speaker: row.speaker as Speaker,
      repId: row.rep_id ?? undefined,
      content: JSON.parse(content) as Content,
      state: row.state as OutboxState,
      attempts: row.attempts,
      rule: row.rule as SendRule,
      isNew: false,
    };
  }
}

/** Whether who was to speak is no longer the owner, once the `conversation` is locked. */
function isOutdated(speaker: Expression<unknown>, writtenFor: Expression<unknown>): RawBuilder<boolean> {
  return sql`(${speaker} <> 'notice' and ${writtenFor} < conversation.owner_epoch)`;
}

/** The same of a row that is there. */
const IS_OUTDATED = isOutdated(sql.ref('messages.speaker'), sql.ref('messages.owner_epoch'));
