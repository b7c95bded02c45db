import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Currency, Money } from '../../domain/money/amounts';
import { inTransaction } from '../database';
import type { Db } from '../database';
import { MoneyContradiction } from '../errors';
import type { LedgerEntries as EntryRow } from '../schema/money';

/** One side of a booking. Debits are positive, credits negative. */
export interface LedgerEntry {
  account: string;
  /** Signed minor units. */
  amount: Money;
}

/** A booking as it stands in the books. */
export interface RecordedEntry extends LedgerEntry {
  paymentId: string;
  step: string;
  epoch: number;
  recordedAt: Date;
}

/**
 * The double-entry ledger. The entries of a step sum to zero in every currency and are never changed: the database
 * refuses both by itself, and this class says so before.
 */
export class Ledger {
  constructor(private readonly db: Db) {}

  /**
   * Books the entries of one step, once. @throws MoneyContradiction when they do not sum to zero, name an account twice,
   * or differ from what the same step was booked with
   */
  async record(booking: { paymentId: string; step: string; epoch: number; entries: LedgerEntry[] }): Promise<void> {
    const { paymentId, step, epoch, entries } = booking;
    refuseUnsound(`${step} ${epoch} of payment ${paymentId}`, entries);
    await inTransaction(this.db, async (tx) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('ledger_entries')
        .values(
          entries.map(({ account, amount }) => ({
            payment_id: paymentId,
            step,
            epoch,
            account,
            amount_minor: amount.minor,
            currency: amount.currency,
          })),
        )
        .onConflict((conflict) => conflict.columns(['payment_id', 'step', 'epoch', 'account']).doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === BigInt(entries.length)) return;
      const booked = (await new Ledger(tx).entriesOf(paymentId)).filter((e) => e.step === step && e.epoch === epoch);
      if (!sameEntries(booked, entries)) {
        throw new MoneyContradiction(`${step} ${epoch} of payment ${paymentId} is booked with other entries`);
      }
    });
  }

  /** The account's balance in every currency it was ever used with. */
  async balance(account: string): Promise<Money[]> {
    const rows = await this.db
      .selectFrom('ledger_entries')
      .select(['currency', sql<number>`sum(amount_minor)::bigint`.as('minor')])
      .where('account', '=', account)
      .groupBy('currency')
      .orderBy('currency')
      .execute();
    return rows.map(({ minor, currency }) => ({ minor, currency: currency as Currency }));
  }

  /** All entries of a payment, in the order of their booking. */
  async entriesOf(paymentId: string): Promise<RecordedEntry[]> {
    const rows = await this.db
      .selectFrom('ledger_entries')
      .selectAll()
      .where('payment_id', '=', paymentId)
      .orderBy('entry_id')
      .execute();
    return rows.map(readEntry);
  }

  /** What was booked from one moment to another, oldest first. */
  async between(from: Date, to: Date): Promise<RecordedEntry[]> {
    const rows = await this.db
      .selectFrom('ledger_entries')
      .selectAll()
      .where('recorded_at', '>=', from)
      .where('recorded_at', '<', to)
      .orderBy('entry_id')
      .execute();
    return rows.map(readEntry);
  }

  /** The steps of these payments that stand in the books. */
  async stepsOf(paymentIds: readonly string[]): Promise<{ paymentId: string; step: string }[]> {
    if (paymentIds.length === 0) return [];
    const rows = await this.db
      .selectFrom('ledger_entries')
      .select(['payment_id', 'step'])
      .distinct()
      .where('payment_id', 'in', paymentIds)
      .execute();
    return rows.map(({ payment_id, step }) => ({ paymentId: payment_id, step }));
  }

  /** A payment whose entries do not sum to zero in every currency. There is none, or the books were tampered with. */
  async firstUnbalanced(): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('ledger_entries')
      .select('payment_id')
      .groupBy(['payment_id', 'currency'])
      .having(sql<boolean>`sum(amount_minor) <> 0`)
      .orderBy('payment_id')
      .limit(1)
      .executeTakeFirst();
    return row?.payment_id;
  }
}

function readEntry(row: Selectable<EntryRow>): RecordedEntry {
  return {
    paymentId: row.payment_id,
    step: row.step,
    epoch: row.epoch,
    account: row.account,
    amount: { minor: row.amount_minor, currency: row.currency as Currency },
    recordedAt: row.recorded_at,
  };
}

function refuseUnsound(name: string, entries: readonly LedgerEntry[]): void {
  const sums = new Map<Currency, number>();
  for (const { amount } of entries) {
    if (!Number.isSafeInteger(amount.minor)) throw new MoneyContradiction(`${name}: an amount is no safe integer`);
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.minor);
  }
  if (entries.length === 0) throw new MoneyContradiction(`${name}: there is nothing to book`);
  for (const [currency, sum] of sums) {
    if (sum !== 0) throw new MoneyContradiction(`${name}: the entries leave ${sum} minor units of ${currency} over`);
  }
  if (new Set(entries.map(({ account }) => account)).size !== entries.length) {
    throw new MoneyContradiction(`${name}: an account stands twice`);
  }
}

function sameEntries(booked: readonly LedgerEntry[], asked: readonly LedgerEntry[]): boolean {
  const text = (entries: readonly LedgerEntry[]): string =>
    entries
      .map(({ account, amount }) => `${account} ${amount.minor} ${amount.currency}`)
      .toSorted()
      .join();
  return text(booked) === text(asked);
}
