import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { inTransaction } from '../database';
import type { Db } from '../database';
import { Ledger } from './ledger';

/** What a check of the books has found. */
export interface Verification {
  /** Rows that are sealed, and the days whose end was sealed. */
  entries: number;
  days: number;
  /** The first thing that is not as it was sealed. */
  broken?: Broken;
}

export interface Broken {
  what: 'changed' | 'missing' | 'added' | 'seal-missing' | 'day-changed' | 'unbalanced';
  entryId?: number;
  day?: string;
  paymentId?: string;
}

interface Sealable {
  entry_id: number;
  day: string;
  text: string;
}

/** Rows read at once: some hundred kilobytes. */
const PAGE = 2_000;

/** What comes before the first seal. */
const BEGINNING = Buffer.alloc(32);

/** All of a row that must not change. The time is counted in microseconds, as PostgreSQL keeps it. */
const ROW_TEXT = sql<string>`json_build_array(e.entry_id, e.payment_id, e.step, e.epoch, e.account, e.amount_minor,
  e.currency, (extract(epoch from e.recorded_at) * 1000000)::bigint)::text`;

/**
 * Seals of the ledger. Each row's seal is a keyed digest of the row and of the seal before it, so that no row can be
 * changed, added between or taken away without every later seal being wrong, and without the key nobody makes new ones.
 */
export class LedgerSeals {
  constructor(
    private readonly db: Db,
    private readonly key: Buffer,
  ) {}

  /** Seals what was booked before this moment and is not sealed yet. Repeatable. Gives how many rows it sealed. */
  async seal(before: Date): Promise<{ entries: number; days: string[] }> {
    return inTransaction(this.db, async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('ledger_seals'))`.execute(tx);
      const days = new Map<string, { entries: number; seal: Buffer }>();
      let entries = 0;
      for (;;) {
        const rows = await unsealed(tx, before);
        if (rows.length === 0) break;
        let { position, seal } = await lastSeal(tx);
        const seals = rows.map(({ entry_id, day, text }) => {
          position += 1;
          seal = this.next(seal, text);
          days.set(day, { entries: (days.get(day)?.entries ?? 0) + 1, seal });
          return { position, entry_id, seal };
        });
        await tx.insertInto('ledger_seals').values(seals).execute();
        entries += rows.length;
      }
      const ended = [...days].map(([day, end]) => ({ day, ...end }));
      if (ended.length > 0) {
        await tx
          .insertInto('ledger_days')
          .values(ended)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      return { entries, days: [...days.keys()] };
    });
  }

  /** Goes through all seals from the first to the last, and names the first row that is not as it was sealed. */
  async verify(): Promise<Verification> {
    let seal: Buffer = BEGINNING;
    let position = 0;
    const found = async (broken?: Broken): Promise<Verification> => {
      const { days } = await this.db
        .selectFrom('ledger_days')
        .select((eb) => eb.fn.countAll<number>().as('days'))
        .executeTakeFirstOrThrow();
      return { entries: position, days: Number(days), ...(broken && { broken }) };
    };
    for (;;) {
      const rows = await sealed(this.db, position);
      for (const row of rows) {
        if (row.position !== position + 1) return found({ what: 'seal-missing', entryId: row.entry_id });
        if (row.text === null) return found({ what: 'missing', entryId: row.entry_id });
        seal = this.next(seal, row.text);
        if (!seal.equals(row.seal)) return found({ what: 'changed', entryId: row.entry_id });
        position += 1;
      }
      if (rows.length < PAGE) break;
    }
    return found((await this.firstAdded()) ?? (await this.firstChangedDay()) ?? (await this.firstUnbalanced()));
  }

  private next(before: Buffer, text: string): Buffer {
    return createHmac('sha256', this.key).update(before).update(text).digest();
  }

  /** A row that claims to be of a sealed day and has no seal. */
  private async firstAdded(): Promise<Broken | undefined> {
    const { rows } = await sql<{ entry_id: number }>`select entry_id from ledger_entries e
      where (e.recorded_at at time zone 'utc')::date::text <= (select max(day) from ledger_days)
        and not exists (select from ledger_seals s where s.entry_id = e.entry_id)
      order by entry_id limit 1`.execute(this.db);
    return rows[0] && { what: 'added', entryId: rows[0].entry_id };
  }

  private async firstChangedDay(): Promise<Broken | undefined> {
    const { rows } = await sql<{ day: string }>`select day from ledger_days d
      where not exists (select from ledger_seals s where s.seal = d.seal) order by day limit 1`.execute(this.db);
    return rows[0] && { what: 'day-changed', day: rows[0].day };
  }

  private async firstUnbalanced(): Promise<Broken | undefined> {
    const paymentId = await new Ledger(this.db).firstUnbalanced();
    return paymentId === undefined ? undefined : { what: 'unbalanced', paymentId };
  }
}

async function lastSeal(tx: Db): Promise<{ position: number; seal: Buffer }> {
  const last = await tx
    .selectFrom('ledger_seals')
    .select(['position', 'seal'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? { position: 0, seal: BEGINNING };
}

/** Day by day, and within a day by number: a row of yesterday can have a higher number than one of today. */
async function unsealed(tx: Db, before: Date): Promise<Sealable[]> {
  const { rows } = await sql<Sealable>`select e.entry_id, (e.recorded_at at time zone 'utc')::date::text as day,
      ${ROW_TEXT} as text
    from ledger_entries e
    where e.recorded_at < ${before} and not exists (select from ledger_seals s where s.entry_id = e.entry_id)
    order by day, e.entry_id limit ${PAGE}`.execute(tx);
  return rows;
}

async function sealed(
  db: Db,
  after: number,
): Promise<{ position: number; entry_id: number; seal: Buffer; text: string | null }[]> {
  const { rows } = await sql<{ position: number; entry_id: number; seal: Buffer; text: string | null }>`
    select s.position, s.entry_id, s.seal, case when e.entry_id is null then null else ${ROW_TEXT} end as text
    from ledger_seals s left join ledger_entries e using (entry_id)
    where s.position > ${after} order by s.position limit ${PAGE}`.execute(db);
  return rows;
}
