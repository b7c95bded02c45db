import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Db } from '../database';
import type { DeskEvents as EventRow, Json } from '../schema/conversations';
import { listenTo } from './listening';
import type { Listening } from './listening';

/** Something that desks show: a message came, an owner changed. Without personal data and without anybody's words. */
export interface DeskEvent {
  /** Rises in the order in which events can be seen. */
  eventId: number;
  kind: string;
  conversationId?: string;
  /** A rep's name, or who else did it. */
  actor?: string;
  detail: Record<string, unknown>;
  at: Date;
}

/** What happened, in order. Every desk reads it from where it stopped; the history of a conversation is read from it. */
export class DeskEvents {
  constructor(
    private readonly db: Db,
    private readonly databaseUrl: string,
  ) {}

  /**
   * Appends an event in the transaction of the change that it tells of, as the last thing in it: from here on until the
   * commit no other event is written. Desks are woken by the commit.
   */
  async append(event: {
    kind: string;
    conversationId?: string;
    actor?: string;
    detail?: Record<string, unknown>;
  }): Promise<void> {
    await this.db
      .insertInto('desk_events')
      .values({
        kind: event.kind,
        conversation_id: event.conversationId,
        actor: event.actor,
        detail: sql<Json>`${JSON.stringify(event.detail ?? {})}::jsonb`,
      })
      .execute();
  }

  /** What came after this event, in order. */
  async after(eventId: number, limit: number): Promise<DeskEvent[]> {
    const rows = await this.db
      .selectFrom('desk_events')
      .selectAll()
      .where('event_id', '>', eventId)
      .orderBy('event_id')
      .limit(limit)
      .execute();
    return rows.map(readEvent);
  }

  /** The newest event; 0 before the first. */
  async latestId(): Promise<number> {
    const row = await this.db
      .selectFrom('desk_events')
      .select('event_id')
      .orderBy('event_id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.event_id ?? 0;
  }

  /** All that happened to a conversation, oldest first. */
  async historyOf(conversationId: string): Promise<DeskEvent[]> {
    const rows = await this.db
      .selectFrom('desk_events')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('event_id')
      .execute();
    return rows.map(readEvent);
  }

  /**
   * Tells of every event as it is committed, over a connection of its own, until it is closed. When the connection is
   * lost it is made anew, and then the latest event is told: whatever was missed came before it.
   */
  listen(onEvent: (eventId: number) => void): Promise<Listening> {
    return listenTo({ databaseUrl: this.databaseUrl, latestId: () => this.latestId(), onEvent });
  }
}

function readEvent(row: Selectable<EventRow>): DeskEvent {
  return {
    eventId: row.event_id,
    kind: row.kind,
    conversationId: row.conversation_id ?? undefined,
    actor: row.actor ?? undefined,
    detail: row.detail as Record<string, unknown>,
    at: row.at,
  };
}
