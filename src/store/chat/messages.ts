import { randomUUID } from 'node:crypto';
import { inTransaction } from '../database';
import type { Db } from '../database';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';
import { UNSENT, withText } from './content';
import type { Content } from './content';
import { uniqueKeyOf, writeRow } from './message-rows';
import type { Kept } from './message-rows';
import { Outbox } from './outbox';
import type { OutboxRow, OutboxState, QueuedMessage } from './outbox';
import { readThread } from './thread';
import type { ThreadMessage } from './thread';

/** Something a person did, as the conversation received it. */
export interface ReceivedMessage {
  conversationId: string;
  personKey: string;
  /** Unique per event of the channel, the same for every redelivery. */
  key: string;
  /** Names the turn that handles it. */
  handledBy: string;
  channelMessageId?: string;
  content: Content;
  at: Date;
}

/** A row that nobody sends: a rep's note to colleagues, or a line of the history. */
export interface Recorded {
  messageId?: string;
  conversationId: string;
  personKey: string;
  key: string;
  content: Content;
}

/** Everything said and done in conversations, encrypted under the person's key. */
export class Messages {
  readonly #outbox: Outbox;

  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {
    this.#outbox = new Outbox(db, personal);
  }

  /**
   * Keeps what a person did. `again`: the same turn is being repeated after a crash and must go on; `duplicate`: an
   * earlier turn has handled it. @throws PersonForgotten; NoSuchRow without the conversation
   */
  async receive(message: ReceivedMessage): Promise<'new' | 'again' | 'duplicate'> {
    const columns = {
      direction: 'in',
      speaker: 'person',
      state: 'received',
      handled_by: message.handledBy,
      channel_message_id: message.channelMessageId,
      created_at: message.at,
    } as const;
    const kept = await this.insert(message, columns, { saidAt: message.at });
    if (kept.isNew) return 'new';
    return kept.handledBy === message.handledBy ? 'again' : 'duplicate';
  }

  /**
   * Writes a message to a person into the outbox, or finds it from an earlier attempt. Written for an owner who is not
   * the owner any more, it is stored as `dropped`. Keeps the conversation locked until the caller's transaction ends.
   * @throws PersonForgotten; NoSuchRow without the conversation
   */
  queue(message: QueuedMessage): Promise<OutboxRow> {
    return this.#outbox.queue(message);
  }

  /**
   * Takes the message for one attempt (`sending`): true for one of several that ask, and only from these states. A
   * message of the bot or of a rep whose time as owner is over becomes `dropped` instead.
   */
  claimForSending(messageId: string, from: OutboxState[]): Promise<boolean> {
    return this.#outbox.claim(messageId, from);
  }

  /** The channel has the message, under this id of its own. Nothing but `dropped` stands against it. */
  sent(messageId: string, channelMessageId: string): Promise<void> {
    return this.#outbox.sent(messageId, channelMessageId);
  }

  /** What became of an attempt. Never overwrites `sent` or `dropped`. */
  markAs(messageId: string, state: Exclude<OutboxState, 'sending' | 'sent'>, problem?: string): Promise<void> {
    return this.#outbox.markAs(messageId, state, problem);
  }

  /** A message to a person by our id of it. */
  find(messageId: string): Promise<OutboxRow | undefined> {
    return this.#outbox.find(messageId);
  }

  /** What waits for the person's next act, oldest first. */
  waitingWindow(personKey: string): Promise<OutboxRow[]> {
    return this.#outbox.waitingWindow(personKey);
  }

  /** Keeps a rep's words to colleagues. Repeatable. @throws PersonForgotten */
  async note({ repId, ...note }: Recorded & { repId: string }): Promise<void> {
    await this.insert(note, { direction: 'note', speaker: 'rep', state: 'recorded', rep_id: repId });
  }

  /** Keeps a line of the conversation's history. Repeatable. @throws PersonForgotten */
  async line(line: Recorded): Promise<void> {
    await this.insert(line, { direction: 'line', speaker: 'system', state: 'recorded' });
  }

  /**
   * The rows of a conversation with their receipts, in order: after a sequence number, or the latest without one.
   * @throws PersonForgotten
   */
  thread(conversationId: string, part: { after?: number; limit: number }): Promise<ThreadMessage[]> {
    return readThread(this.db, this.personal, conversationId, part);
  }

  /** The person took a message back: its content goes, that there was one stays. */
  async forgetContent(channelMessageId: string, personKey: string): Promise<void> {
    await this.rewrite(channelMessageId, personKey, () => UNSENT);
  }

  /** The person changed the words of a message. */
  async replaceText(channelMessageId: string, personKey: string, text: string): Promise<void> {
    await this.rewrite(channelMessageId, personKey, (content) => withText(content, text));
  }

  private async insert(
    { messageId = randomUUID(), conversationId, personKey, key, content }: Recorded,
    columns: {
      direction: 'in' | 'note' | 'line';
      speaker: 'person' | 'rep' | 'system';
      state: 'received' | 'recorded';
      rep_id?: string;
      handled_by?: string;
      channel_message_id?: string;
      created_at?: Date;
    },
    said: { saidAt?: Date } = {},
  ): Promise<Kept> {
    const row = {
      ...columns,
      message_id: messageId,
      conversation_id: conversationId,
      person_key: personKey,
      unique_key: uniqueKeyOf(this.personal, columns.direction, conversationId, key),
      content,
    };
    return writeRow(this.db, this.personal, row, said);
  }

  /**
   * Changes the person's own rows with this id of the channel: the message, and what was kept of its changes. There is
   * none when it came before we listened.
   */
  private async rewrite(channelMessageId: string, personKey: string, change: (was: Content) => Content): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const rows = await tx
        .selectFrom('messages')
        .select(['message_id', 'content_enc'])
        .where('channel_message_id', '=', channelMessageId)
        .where('person_key', '=', personKey)
        .where('direction', '=', 'in')
        .orderBy('sequence')
        .forNoKeyUpdate()
        .execute();
      if (rows.length === 0) return;
      const key = await this.personal.keyOf(tx, personKey);
      for (const row of rows) {
        const sealed = new SealedRow(key, 'messages', row.message_id);
        const content = change(JSON.parse(sealed.open('content_enc', row.content_enc)) as Content);
        await tx
          .updateTable('messages')
          .set({ content_enc: sealed.seal('content_enc', JSON.stringify(content)) })
          .where('message_id', '=', row.message_id)
          .execute();
      }
    });
  }
}
