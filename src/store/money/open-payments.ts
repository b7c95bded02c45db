import { sql } from 'kysely';
import type { Currency, Money } from '../../domain/money/amounts';
import type { Db } from '../database';
import { FINISHED } from './payments';
import type { PaymentState } from './payments';

/** A payment that has not come to its end. */
export interface OpenPayment {
  paymentId: string;
  amount: Money;
  state: PaymentState;
  changedAt: Date;
}

/** States that pass within seconds as long as all is well, and those in which a payment may rest for days. */
const PASSING: readonly PaymentState[] = ['started', 'charged', 'paid-out', 'refunding'];
const RESTING: readonly PaymentState[] = ['held', 'unclaimed', 'needs-operator'];

/** Payments that have not come to their end. */
export class OpenPayments {
  constructor(private readonly db: Db) {}

  /**
   * Those that have rested for a while and that nobody has looked at since: those that normally take moments within
   * minutes, those that may rest within the hour. The longest unseen come first.
   */
  async unattended(at: Date, limit: number): Promise<OpenPayment[]> {
    const rows = await this.db
      .selectFrom('payments')
      .select(['payment_id', 'amount_minor', 'currency', 'state', 'changed_at'])
      .where('state', 'in', [...PASSING, ...RESTING])
      .where('changed_at', '<', sql<Date>`${at}::timestamptz - interval '5 minutes'`)
      .where((eb) =>
        eb.or([
          eb('looked_after_at', 'is', null),
          eb.and([
            eb('state', 'in', PASSING),
            eb('looked_after_at', '<', sql<Date>`${at}::timestamptz - interval '5 minutes'`),
          ]),
          eb('looked_after_at', '<', sql<Date>`${at}::timestamptz - interval '1 hour'`),
        ]),
      )
      .orderBy(sql`looked_after_at nulls first`)
      .orderBy('changed_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      paymentId: row.payment_id,
      amount: { minor: row.amount_minor, currency: row.currency as Currency },
      state: row.state as PaymentState,
      changedAt: row.changed_at,
    }));
  }

  /** Somebody has made sure at this moment that the payment is looked after. */
  async lookedAfter(paymentId: string, at: Date): Promise<void> {
    await this.db.updateTable('payments').set({ looked_after_at: at }).where('payment_id', '=', paymentId).execute();
  }

  /** Those of these payments that are open. */
  async among(paymentIds: readonly string[]): Promise<string[]> {
    if (paymentIds.length === 0) return [];
    const rows = await this.db
      .selectFrom('payments')
      .select('payment_id')
      .where('payment_id', 'in', paymentIds)
      .where('state', 'not in', FINISHED)
      .execute();
    return rows.map(({ payment_id }) => payment_id);
  }
}
