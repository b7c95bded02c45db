import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import type { PersonalData } from '../personal-data';

/**
 * Locks the conversation until the transaction ends and gives its owner's epoch: no owner can change between the look
 * and the write, and the rows of one conversation get their numbers in the order in which they become visible.
 */
export async function lockConversation(tx: Db, conversationId: string): Promise<number> {
  const row = await tx
    .selectFrom('conversations')
    .select('owner_epoch')
    .where('conversation_id', '=', conversationId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new NoSuchRow('conversations', conversationId);
  return row.owner_epoch;
}

/** Notes that something was said, for the order of the lists. Late messages do not set it back. */
export async function touch(tx: Db, conversationId: string, at: Date | RawBuilder<Date>): Promise<void> {
  await tx
    .updateTable('conversations')
    .set({ last_message_at: sql<Date>`greatest(last_message_at, ${at})`, updated_at: sql<Date>`now()` })
    .where('conversation_id', '=', conversationId)
    .execute();
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
