import { sql } from 'kysely';
import type { Money } from '../../domain/money/amounts';
import type { Cap } from '../../domain/money/limits';
import type { Db } from '../database';
import { MoneyContradiction } from '../errors';

/** What came of asking for room: it is the payment's now, or this rule has too little left. */
export type Reservation = { state: 'reserved' } | { state: 'exceeded'; rule: string };

/** What a payment would count as. */
export interface LimitedPayment {
  paymentId: string;
  personKey: string;
  amount: Money;
  /** The workflow's time, in milliseconds since the epoch. */
  at: number;
  caps: readonly Cap[];
}

/**
 * The room that is left under people's limits. Every verdict locks the person's counters and is one conditional UPDATE,
 * so that of payments at the same moment none counts on the room of another. What was refunded or never taken gives its
 * room back; what was sent keeps it until its window has passed.
 */
export class Limits {
  constructor(private readonly db: Db) {}

  /**
   * Takes the payment's room under all rules, or none of it. The same payment again is `reserved` again and takes
   * nothing. @throws MoneyContradiction when its room was given back before
   */
  async reserve({ paymentId, personKey, amount, at, caps }: LimitedPayment): Promise<Reservation> {
    const foreign = caps.find(({ most }) => most.currency !== amount.currency);
    if (foreign) return { state: 'exceeded', rule: foreign.rule };
    const rules = caps.map(({ rule }) => rule);
    const mosts = caps.map(({ most }) => most.minor);
    const untils = caps.map(({ countsUntil }) => new Date(countsUntil));
    const { rows } = await sql<{ verdict: string }>`select reserve_room(${paymentId}::uuid, ${personKey},
      ${amount.minor}::bigint, ${amount.currency}, ${new Date(at)}::timestamptz,
      ${rules}::text[], ${mosts}::bigint[], ${untils}::timestamptz[]) as verdict`.execute(this.db);
    const [state = '', rule = ''] = (rows[0]?.verdict ?? '').split(' ');
    if (state === 'released') throw new MoneyContradiction(`the room of payment ${paymentId} was given back`);
    return state === 'exceeded' ? { state, rule } : { state: 'reserved' };
  }

  /** The most that could be sent at this moment; what is being decided at the same time may take it. */
  async room({ personKey, at, caps }: Omit<LimitedPayment, 'paymentId' | 'amount'>): Promise<Money> {
    const lefts = await Promise.all(
      caps.map(async ({ rule, most }) => most.minor - (await this.used(personKey, rule, most, at))),
    );
    const currency = caps[0]?.most.currency ?? 'USD';
    return { minor: Math.max(0, Math.min(...lefts)), currency };
  }

  /** The payment was made: it counts until its windows have passed. Repeatable. */
  async commit(paymentId: string): Promise<void> {
    await this.db
      .updateTable('limit_reservations')
      .set({ state: 'committed' })
      .where('payment_id', '=', paymentId)
      .where('state', '=', 'reserved')
      .execute();
  }

  /** The payment took nothing in the end: others may use its room. Repeatable. */
  async release(paymentId: string): Promise<void> {
    const reserved = await this.db
      .selectFrom('limit_reservations')
      .select(['person_key', 'rule', 'currency'])
      .where('payment_id', '=', paymentId)
      .where('state', 'in', ['reserved', 'committed'])
      .execute();
    const personKey = reserved[0]?.person_key;
    if (personKey === undefined) return;
    const work = async (tx: Db): Promise<void> => {
      await lock(tx, personKey);
      const freed = await tx
        .updateTable('limit_reservations')
        .set({ state: 'released' })
        .where('payment_id', '=', paymentId)
        .where('state', 'in', ['reserved', 'committed'])
        .returning(['rule', 'currency', 'amount_minor'])
        .execute();
      for (const { rule, currency, amount_minor } of freed) await giveBack(tx, personKey, rule, currency, amount_minor);
    };
    await (this.db.isTransaction ? work(this.db) : this.db.transaction().execute(work));
  }

  /** Payments that have come to their end and still hold room: a workflow was ended before it gave it back. */
  async leftBehind(limit: number): Promise<{ paymentId: string; sent: boolean }[]> {
    const rows = await this.db
      .selectFrom('limit_reservations')
      .innerJoin('payments', 'payments.payment_id', 'limit_reservations.payment_id')
      .select(['payments.payment_id', 'payments.state'])
      .distinct()
      .where('limit_reservations.state', '=', 'reserved')
      .where('payments.state', 'in', ['paid', 'reversed', 'declined', 'refunded', 'cancelled'])
      .limit(limit)
      .execute();
    return rows.map(({ payment_id, state }) => ({ paymentId: payment_id, sent: state === 'paid' }));
  }

  private async used(personKey: string, rule: string, { currency }: Money, at: number): Promise<number> {
    const { used } = await this.db
      .selectFrom('limit_reservations')
      .select(sql<number>`coalesce(sum(amount_minor), 0)::bigint`.as('used'))
      .where('person_key', '=', personKey)
      .where('rule', '=', rule)
      .where('currency', '=', currency)
      .where('state', 'in', ['reserved', 'committed'])
      .where('counts_until', '>', new Date(at))
      .executeTakeFirstOrThrow();
    return used;
  }
}

/** Lets nobody else judge this person until the transaction ends. */
async function lock(tx: Db, personKey: string): Promise<void> {
  await tx
    .selectFrom('limit_counters')
    .select('rule')
    .where('person_key', '=', personKey)
    .orderBy('rule')
    .orderBy('currency')
    .forUpdate()
    .execute();
}

async function giveBack(tx: Db, personKey: string, rule: string, currency: string, minor: number): Promise<void> {
  await tx
    .updateTable('limit_counters')
    .set({ used_minor: sql<number>`used_minor - ${minor}` })
    .where('person_key', '=', personKey)
    .where('rule', '=', rule)
    .where('currency', '=', currency)
    .execute();
}
