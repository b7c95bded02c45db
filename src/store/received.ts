import { sql } from 'kysely';
import { sealWith } from '../keys';
import type { KeyRing } from '../keys';
import type { Db } from './database';

/** An event as a provider's webhook brought it. */
export interface ReceivedEvent {
  provider: string;
  /** The provider's own id of the event, the same for every redelivery. */
  eventId: string;
  bodyHash: Buffer;
  /** The bytes as they came; kept encrypted under the key ring, to prove what was said. */
  body: Buffer;
}

/**
 * What providers told us. A redelivery may be skipped only once the event was handed on: a crash between receiving and
 * handing on must not lose it.
 */
export class Received {
  constructor(
    private readonly db: Db,
    private readonly keys: KeyRing,
  ) {}

  /** Keeps the event unless it is known, and says whether it was handed on before. */
  async begin({ provider, eventId, bodyHash, body }: ReceivedEvent): Promise<{ forwarded: boolean }> {
    const { forwarded_at } = await this.db
      .insertInto('received_events')
      .values({
        provider,
        event_id: eventId,
        body_hash: bodyHash,
        body_enc: sealWith(this.keys, body, `received_events|${provider}|${eventId}|body_enc`),
      })
      // Setting what is there already is how the known row is given back.
      .onConflict((conflict) =>
        conflict.columns(['provider', 'event_id']).doUpdateSet({ event_id: (eb) => eb.ref('excluded.event_id') }),
      )
      .returning('forwarded_at')
      .executeTakeFirstOrThrow();
    return { forwarded: forwarded_at !== null };
  }

  /** The event was handed on, durably. Repeatable. */
  async forwarded(provider: string, eventId: string): Promise<void> {
    await this.db
      .updateTable('received_events')
      .set({ forwarded_at: sql<Date>`coalesce(forwarded_at, now())` })
      .where('provider', '=', provider)
      .where('event_id', '=', eventId)
      .execute();
  }

  /** Deletes what was handed on and came before this moment; gives how many. */
  async purge(before: Date): Promise<number> {
    const { numDeletedRows } = await this.db
      .deleteFrom('received_events')
      .where('received_at', '<', before)
      .where('forwarded_at', 'is not', null)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }
}
