import { sql } from 'kysely';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';

/** What reps have begun to write. Encrypted under the key of the person it is written to. */
export class Drafts {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  /** Keeps the text in place of an earlier one. @throws PersonForgotten; NoSuchRow without the conversation */
  async save(repId: string, conversationId: string, text: string): Promise<void> {
    const sealed = new SealedRow(await this.keyOf(conversationId), 'drafts', `${repId}|${conversationId}`);
    const draft = { text_enc: sealed.seal('text_enc', text), updated_at: sql<Date>`now()` };
    await this.db
      .insertInto('drafts')
      .values({ rep_id: repId, conversation_id: conversationId, ...draft })
      .onConflict((conflict) => conflict.columns(['rep_id', 'conversation_id']).doUpdateSet(draft))
      .execute();
  }

  /** @throws PersonForgotten */
  async of(repId: string, conversationId: string): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('drafts')
      .select('text_enc')
      .where('rep_id', '=', repId)
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst();
    if (!row) return undefined;
    const sealed = new SealedRow(await this.keyOf(conversationId), 'drafts', `${repId}|${conversationId}`);
    return sealed.open('text_enc', row.text_enc);
  }

  /** Throws the text away. Repeatable. */
  async clear(repId: string, conversationId: string): Promise<void> {
    await this.db
      .deleteFrom('drafts')
      .where('rep_id', '=', repId)
      .where('conversation_id', '=', conversationId)
      .execute();
  }

  private async keyOf(conversationId: string) {
    const row = await this.db
      .selectFrom('conversations')
      .select('person_key')
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst();
    if (!row) throw new NoSuchRow('conversations', conversationId);
    return this.personal.keyOf(this.db, row.person_key);
  }
}
