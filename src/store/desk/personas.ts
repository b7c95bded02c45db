import type { Db } from '../database';

/** Under which persona of the channel a rep's messages are shown. */
export class Personas {
  constructor(private readonly db: Db) {}

  /** The channel's id of the rep's persona, once there is one. */
  async of(repId: string): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('personas')
      .select('persona_id')
      .where('rep_id', '=', repId)
      .executeTakeFirst();
    return row?.persona_id;
  }

  /** Keeps the rep's persona. A later one takes its place: the channel may have lost the first. */
  async save(repId: string, personaId: string): Promise<void> {
    await this.db
      .insertInto('personas')
      .values({ rep_id: repId, persona_id: personaId })
      .onConflict((conflict) => conflict.column('rep_id').doUpdateSet({ persona_id: personaId }))
      .execute();
  }
}
