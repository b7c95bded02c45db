import type { Db } from '../database';
import { readRep } from './reps';
import type { Rep } from './reps';

/** Who is signed in at the desk. The cookie's token is a secret: only its hash is kept. */
export class Sessions {
  constructor(private readonly db: Db) {}

  async open({ repId, tokenHash, expiresAt }: { repId: string; tokenHash: Buffer; expiresAt: Date }): Promise<void> {
    await this.db
      .insertInto('sessions')
      .values({ token_hash: tokenHash, rep_id: repId, expires_at: expiresAt })
      .execute();
  }

  /** The rep of a session that has not expired. */
  async find(tokenHash: Buffer, now: Date): Promise<Rep | undefined> {
    const row = await this.db
      .selectFrom('sessions')
      .innerJoin('reps', 'reps.rep_id', 'sessions.rep_id')
      .selectAll('reps')
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return row && readRep(row);
  }

  /** Ends the session. Repeatable. */
  async end(tokenHash: Buffer): Promise<void> {
    await this.db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
  }
}
