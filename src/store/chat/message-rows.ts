import { sql } from 'kysely';
import type { Insertable, RawBuilder } from 'kysely';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import type { PersonalData } from '../personal-data';
import type { Messages } from '../schema/conversations';

/** What a row of a conversation holds. */
type Row = Omit<Insertable<Messages>, 'state'> & { state: string | RawBuilder<string> };

/**
 * Writes a row, or finds the one of its key from an earlier attempt. Writing is one statement: the conversation is
 * locked first, so that no owner can change between the look and the write, and the rows of one conversation get their
 * numbers in the order in which they become visible. In a transaction the lock lasts until its end.
 *
 * `saidAt` notes that something was said, for the order of the lists; what comes late does not set it back. The state
 * may depend on the `conversation` that was locked. @throws NoSuchRow without the conversation
 */
export async function writeRow(
  db: Db,
  row: Row,
  { saidAt }: { saidAt?: Date | RawBuilder<Date> } = {},
): Promise<{ isNew: boolean; state: string; handledBy: string | null }> {
  const columns = (Object.keys(row) as (keyof Row)[]).filter((column) => row[column] !== undefined);
  const written = await db
    .with('conversation', (query) =>
      saidAt === undefined
        ? query
            .selectFrom('conversations')
            .select('owner_epoch')
            .where('conversation_id', '=', row.conversation_id)
            .forNoKeyUpdate()
        : query
            .updateTable('conversations')
            .set({ last_message_at: sql<Date>`greatest(last_message_at, ${saidAt})`, updated_at: sql<Date>`now()` })
            .where('conversation_id', '=', row.conversation_id)
            .returning('owner_epoch'),
    )
    .insertInto('messages')
    .columns(columns)
    .expression((eb) => eb.selectFrom('conversation').select(columns.map((column) => sql`${row[column]}`.as(column))))
    .onConflict((conflict) => conflict.column('unique_key').doNothing())
    .returning(['state', 'handled_by'])
    .executeTakeFirst();
  const kept = written ?? (await rowOfKey(db, row.unique_key));
  if (!kept) throw new NoSuchRow('conversations', row.conversation_id);
  return { isNew: written !== undefined, state: kept.state, handledBy: kept.handled_by };
}

function rowOfKey(db: Db, uniqueKey: string) {
  return db
    .selectFrom('messages')
    .select(['state', 'handled_by'])
    .where('unique_key', '=', uniqueKey)
    .executeTakeFirst();
}

/** The key that makes a row unique, hashed: keys of channels may hold a person's address. */
export function uniqueKeyOf(
  personal: PersonalData,
  direction: 'in' | 'out' | 'note' | 'line',
  conversationId: string,
  key: string,
): string {
  return personal.fingerprint(`${direction}|${conversationId}|${key}`).toString('base64url');
}
