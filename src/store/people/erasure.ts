import type { Db } from '../database';

/** Nothing: the column wants a value and the person has none any more. */
const NOTHING = Buffer.alloc(0);

/**
 * Destroys the person's data key and deletes what is only about them. What others rely on stays without its personal
 * columns: the payments, the conversation's place at the desk. Runs within the caller's transaction.
 */
export async function erase(tx: Db, personKey: string): Promise<void> {
  // First and exclusively: rows that are just being written refer to the person, so they are waited for and deleted too.
  await tx.selectFrom('people').select('person_key').where('person_key', '=', personKey).forUpdate().executeTakeFirst();
  await tx
    .updateTable('people')
    .set({
      data_key_enc: null,
      address_enc: NOTHING,
      name_enc: null,
      first_name_enc: null,
      locale: null,
      timezone_hours: null,
      profile_read_at: null,
      last_act_at: null,
      ad_click_at: null,
    })
    .where('person_key', '=', personKey)
    .execute();
  const conversation = tx.selectFrom('conversations').select('conversation_id').where('person_key', '=', personKey);
  await tx.deleteFrom('messages').where('conversation_id', 'in', conversation).execute();
  await tx.deleteFrom('drafts').where('conversation_id', 'in', conversation).execute();
  await tx.deleteFrom('receipts').where('person_key', '=', personKey).execute();
  await tx.deleteFrom('step_ups').where('person_key', '=', personKey).execute();
  await tx.deleteFrom('money_settings').where('person_key', '=', personKey).execute();
  await tx.deleteFrom('funding_sources').where('person_key', '=', personKey).execute();
  await tx.deleteFrom('links').where('person_key', '=', personKey).execute();
  await tx.updateTable('money_requests').set({ note_enc: null }).where('requester_key', '=', personKey).execute();
  await tx.deleteFrom('link_sessions').where('person_key', '=', personKey).execute();
  await tx.deleteFrom('contacts').where('owner_key', '=', personKey).execute();
  // Whom they blocked is theirs; that they are blocked by somebody is that somebody's, and outlives them.
  await tx.deleteFrom('blocks').where('blocker_key', '=', personKey).execute();
  await tx.updateTable('contacts').set({ person_key: null }).where('person_key', '=', personKey).execute();
  await tx
    .updateTable('payments')
    .set({
      payee_email_enc: null,
      payee_email_hash: null,
      payee_phone_enc: null,
      payee_phone_hash: null,
      payee_name_enc: null,
      note_enc: null,
    })
    .where('payer_key', '=', personKey)
    .execute();
}
