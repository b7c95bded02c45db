import { sql } from 'kysely';
import { inTransaction } from '../database';
import type { Db } from '../database';
import type { RepStatus } from './reps';

/** A rep who is to answer a conversation. */
export interface SlotRequest {
  conversationId: string;
  repId: string;
  actionId: string;
  /** Handed over by a colleague: a rep who is finishing takes that too. */
  transfer?: boolean;
}

/** What a rep can have at once. A conversation takes one slot of one rep. */
export class Slots {
  constructor(private readonly db: Db) {}

  /**
   * Takes one of the rep's slots for the conversation, from whoever had one for it before. The rep's row is locked, so
   * that however many ask at once, no more get one than there are. Repeatable: what the conversation has of this rep
   * stays taken, whatever has changed since.
   */
  take({
    conversationId,
    repId,
    actionId,
    transfer = false,
  }: SlotRequest): Promise<'taken' | 'over-capacity' | 'not-available'> {
    return inTransaction(this.db, async (tx) => {
      const rep = await tx
        .selectFrom('reps')
        .select(['status', 'slots', 'other_work'])
        .where('rep_id', '=', repId)
        .forNoKeyUpdate()
        .executeTakeFirst();
      const taken = await tx
        .selectFrom('slots_taken')
        .select((eb) => [
          eb.fn.countAll<number>().as('used'),
          eb.fn.coalesce(sql<boolean>`bool_or(conversation_id = ${conversationId})`, eb.lit(false)).as('has_this'),
        ])
        .where('rep_id', '=', repId)
        .executeTakeFirstOrThrow();
      if (taken.has_this) return 'taken';
      if (!rep || !takes(rep.status as RepStatus, transfer)) return 'not-available';
      if (taken.used + rep.other_work >= rep.slots) return 'over-capacity';
      const slot = { rep_id: repId, action_id: actionId, taken_at: sql<Date>`now()` };
      await tx
        .insertInto('slots_taken')
        .values({ conversation_id: conversationId, ...slot })
        .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(slot))
        .execute();
      return 'taken';
    });
  }

  /** Gives back the slot that the conversation takes. Repeatable. */
  async giveBack(conversationId: string): Promise<void> {
    await this.db.deleteFrom('slots_taken').where('conversation_id', '=', conversationId).execute();
  }
}

function takes(status: RepStatus, transfer: boolean): boolean {
  return status === 'available' || (transfer && status === 'finishing');
}
