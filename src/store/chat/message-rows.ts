import { sql } from 'kysely';
import type { Insertable, RawBuilder } from 'kysely';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import { REACH_COLUMNS, readReach } from '../people/reach';
import type { Reach } from '../people/reach';
import { SealedRow } from '../personal-data';
import type { KnownKey, PersonalData } from '../personal-data';
import type { Messages } from '../schema/conversations';
import type { Content } from './content';

/** What a row of a conversation holds, with its content in clear. */
type Row = Omit<Insertable<Messages>, 'state' | 'content_enc'> & {
  state: string | RawBuilder<string>;
  content: Content;
};

/** What became of a row that was to be written. */
export interface Kept {
  isNew: boolean;
  state: string;
  handledBy: string | null;
  /** Where the person of a new row is reached. */
  reach?: Reach;
}

/**
 * Writes a row, or finds the one of its key from an earlier attempt. Writing is one statement: the conversation is
 * locked first, so that no owner can change between the look and the write, and the rows of one conversation get their
 * numbers in the order in which they become visible. In a transaction the lock lasts until its end.
 *
 * `saidAt` notes that something was said, for the order of the lists; what comes late does not set it back. The state
 * may depend on the `conversation` that was locked. @throws PersonForgotten; NoSuchRow without the conversation
 */
export async function writeRow(
  db: Db,
  personal: PersonalData,
  row: Row,
  { saidAt }: { saidAt?: Date | RawBuilder<Date> } = {},
): Promise<Kept> {
  const kept = await personal.withKey(
    db,
    row.person_key,
    async (known) => (await insert(db, row, known, saidAt)) ?? rowOfKey(db, row.unique_key),
  );
  if (!kept) throw new NoSuchRow('conversations', row.conversation_id);
  return kept;
}

/** Undefined where the key's row is there already, where the person has another data key, or without the conversation. */
async function insert(
  db: Db,
  { content, ...row }: Row,
  { wrapped, key }: KnownKey,
  saidAt: Date | RawBuilder<Date> | undefined,
): Promise<Kept | undefined> {
  const sealed = new SealedRow(key, 'messages', row.message_id).seal('content_enc', JSON.stringify(content));
  const values = { ...row, content_enc: sealed };
  const columns = (Object.keys(values) as (keyof typeof values)[]).filter((column) => values[column] !== undefined);
  const written = await db
    // Whoever is just being forgotten is waited for, and has no such key then.
    .with('person', (query) =>
      query
        .selectFrom('people')
        .select(REACH_COLUMNS)
        .where('person_key', '=', row.person_key)
        .where('data_key_enc', '=', wrapped)
        .forKeyShare(),
    )
    .with('conversation', (query) =>
      saidAt === undefined
        ? query
            .selectFrom('conversations')
            .select('owner_epoch')
            .where('conversation_id', '=', row.conversation_id)
            .where((eb) => eb.exists(eb.selectFrom('person').select('page')))
            .forNoKeyUpdate()
        : query
            .updateTable('conversations')
            .set({ last_message_at: sql<Date>`greatest(last_message_at, ${saidAt})`, updated_at: sql<Date>`now()` })
            .where('conversation_id', '=', row.conversation_id)
            .where((eb) => eb.exists(eb.selectFrom('person').select('page')))
            .returning('owner_epoch'),
    )
    .with('written', (query) =>
      query
        .insertInto('messages')
        .columns(columns)
        .expression((eb) =>
          eb.selectFrom('conversation').select(columns.map((column) => sql`${values[column]}`.as(column))),
        )
        .onConflict((conflict) => conflict.column('unique_key').doNothing())
        .returning(['state', 'handled_by']),
    )
    .selectFrom(['written', 'person'])
    .selectAll()
    .executeTakeFirst();
  return (
    written && {
      isNew: true,
      state: written.state,
      handledBy: written.handled_by,
      reach: readReach(row.person_key, written, key),
    }
  );
}

async function rowOfKey(db: Db, uniqueKey: string): Promise<Kept | undefined> {
  const row = await db
    .selectFrom('messages')
    .select(['state', 'handled_by'])
    .where('unique_key', '=', uniqueKey)
    .executeTakeFirst();
  return row && { isNew: false, state: row.state, handledBy: row.handled_by };
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
