import { sql } from 'kysely';
import type { PayoutState } from '../../domain/money/wallet';
import type { Db } from '../database';

/** A payout that somebody waits for: whom to tell, and what is known of it. */
export interface AwaitedPayout {
  workflowId: string;
  activityId: string;
  batchId?: string;
  itemId?: string;
  state: PayoutState;
}

/** States that a late or repeated report cannot lower. A payout that was paid can still be reversed. */
const FINAL: readonly PayoutState[] = ['paid', 'failed', 'returned', 'reversed'];

/** The payout of each payment, by which a provider's event finds who waits for it. */
export class Payouts {
  constructor(private readonly db: Db) {}

  async await({
    paymentId,
    workflowId,
    activityId,
    batchId,
    itemId,
    state,
  }: AwaitedPayout & { paymentId: string }): Promise<void> {
    const waiting = { workflow_id: workflowId, activity_id: activityId };
    await this.db
      .insertInto('payouts')
      .values({ payment_id: paymentId, ...waiting, batch_id: batchId, item_id: itemId, state })
      .onConflict((conflict) =>
        conflict.column('payment_id').doUpdateSet((update) => ({
          ...waiting,
          batch_id: update.fn.coalesce('excluded.batch_id', 'payouts.batch_id'),
          item_id: update.fn.coalesce('excluded.item_id', 'payouts.item_id'),
          state: update
            .case()
            .when('payouts.state', 'in', FINAL)
            .then(
              update
                .case()
                .when('excluded.state', '=', 'reversed')
                .then(update.ref('excluded.state'))
                .else(update.ref('payouts.state'))
                .end(),
            )
            .else(update.ref('excluded.state'))
            .end(),
          updated_at: sql<Date>`now()`,
        })),
      )
      .execute();
  }

  async of(paymentId: string): Promise<AwaitedPayout | undefined> {
    const row = await this.db.selectFrom('payouts').selectAll().where('payment_id', '=', paymentId).executeTakeFirst();
    return (
      row && {
        workflowId: row.workflow_id,
        activityId: row.activity_id,
        batchId: row.batch_id ?? undefined,
        itemId: row.item_id ?? undefined,
        state: row.state as PayoutState,
      }
    );
  }
}
