import { sql } from 'kysely';
import type { Currency, Money } from '../../domain/money/amounts';
import type { Db } from '../database';
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

/** See `Payments.unattended`. */
export async function unattendedPayments(db: Db, at: Date, limit: number): Promise<OpenPayment[]> {
  const rows = await db
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
