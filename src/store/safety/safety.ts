import { sql } from 'kysely';
import type { Db } from '../database';

/** What people have shut: their own account, or the door to somebody. */
export class Safety {
  constructor(private readonly db: Db) {}

  /** Freezes the person's account. Repeatable; the first moment stays. */
  async freeze(personKey: string): Promise<void> {
    await this.db
      .insertInto('money_settings')
      .values({ person_key: personKey, frozen_at: sql<Date>`now()` })
      .onConflict((conflict) =>
        conflict
          .column('person_key')
          .doUpdateSet({ frozen_at: sql<Date>`coalesce(money_settings.frozen_at, excluded.frozen_at)` }),
      )
      .execute();
  }

  async unfreeze(personKey: string): Promise<void> {
    await this.db.updateTable('money_settings').set({ frozen_at: null }).where('person_key', '=', personKey).execute();
  }

  async isFrozen(personKey: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('money_settings')
      .select('frozen_at')
      .where('person_key', '=', personKey)
      .executeTakeFirst();
    return row !== undefined && row.frozen_at !== null;
  }

  /** Makes every card void that the person has not confirmed: to send, and to ask others. */
  async voidCards(personKey: string, reason: 'frozen' | 'unlinked' | 'consent-revoked'): Promise<void> {
    await this.db
      .updateTable('payments')
      .set({ state: 'cancelled', reason, finished_at: sql<Date>`now()` })
      .where('payer_key', '=', personKey)
      .where('state', '=', 'draft')
      .execute();
    await this.db
      .updateTable('money_requests')
      .set({ state: 'cancelled', ended_at: sql<Date>`now()` })
      .where('requester_key', '=', personKey)
      .where('state', '=', 'draft')
      .execute();
  }

  /** From now on the other can neither send to this person nor ask them. Repeatable. */
  async block(blockerKey: string, blockedKey: string): Promise<void> {
    await this.db
      .insertInto('blocks')
      .values({ blocker_key: blockerKey, blocked_key: blockedKey })
      .onConflict((conflict) => conflict.columns(['blocker_key', 'blocked_key']).doNothing())
      .execute();
  }

  async unblock(blockerKey: string, blockedKey: string): Promise<void> {
    await this.db
      .deleteFrom('blocks')
      .where('blocker_key', '=', blockerKey)
      .where('blocked_key', '=', blockedKey)
      .execute();
  }

  async hasBlocked(blockerKey: string, otherKey: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('blocks')
      .select('blocked_at')
      .where('blocker_key', '=', blockerKey)
      .where('blocked_key', '=', otherKey)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Everybody whom the person has blocked, latest first. */
  async blockedBy(blockerKey: string): Promise<string[]> {
    const rows = await this.db
      .selectFrom('blocks')
      .select('blocked_key')
      .where('blocker_key', '=', blockerKey)
      .orderBy('blocked_at', 'desc')
      .execute();
    return rows.map((row) => row.blocked_key);
  }
}
