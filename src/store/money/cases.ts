import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Currency, Money } from '../../domain/money/amounts';
import type { CaseKind, CaseOwner } from '../../domain/money/cases';
import type { Db } from '../database';
import type { Json, MoneyCases as CaseRow } from '../schema/money';

/** Something open about money: never without an owner, a deadline and a next action. */
export interface MoneyCase {
  caseId: string;
  /** Absent where no payment of ours is concerned. */
  paymentId?: string;
  kind: CaseKind;
  owner: CaseOwner;
  /** One sentence for whoever owns it. */
  nextAction: string;
  /** Ids and figures, nothing personal. */
  detail: Record<string, unknown>;
  openedAt: Date;
  deadline: Date;
}

/** An open case with the payment it is about. */
export interface OpenCase extends MoneyCase {
  payment?: { amount: Money; state: string };
}

/** What is opened. */
export interface NewCase extends Omit<MoneyCase, 'caseId' | 'detail'> {
  /** Names what happened: the same happening again opens nothing more. */
  source: string;
  detail?: Record<string, unknown>;
}

/** Whoever settles cases, and how. */
export interface Settlement {
  by: string;
  outcome: string;
  at: Date;
}

/** What is open about money. Opened and settled by whoever brings it about; read by operators. */
export class MoneyCases {
  constructor(private readonly db: Db) {}

  /** Opens a case, once per source; gives its id, and whether it is new. */
  async open(opened: NewCase): Promise<{ caseId: string; fresh: boolean }> {
    const row = await this.db
      .insertInto('money_cases')
      .values({
        source: opened.source,
        payment_id: opened.paymentId,
        kind: opened.kind,
        owner: opened.owner,
        next_action: opened.nextAction,
        detail: sql<Json>`${JSON.stringify(opened.detail ?? {})}::jsonb`,
        opened_at: opened.openedAt,
        deadline: opened.deadline,
      })
      .onConflict((conflict) => conflict.column('source').doNothing())
      .returning('case_id')
      .executeTakeFirst();
    if (row) return { caseId: row.case_id, fresh: true };
    const known = await this.db
      .selectFrom('money_cases')
      .select('case_id')
      .where('source', '=', opened.source)
      .executeTakeFirstOrThrow();
    return { caseId: known.case_id, fresh: false };
  }

  /** Settles what is open about a payment, of these kinds, but for one case. Gives how many there were. */
  async settleOf(
    paymentId: string,
    settlement: Settlement,
    kinds: readonly CaseKind[],
    except?: string,
  ): Promise<number> {
    const { numUpdatedRows } = await this.settling(settlement)
      .where('payment_id', '=', paymentId)
      .where('kind', 'in', kinds)
      .$if(except !== undefined, (query) => query.where('case_id', '!=', except ?? ''))
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** Settles one case. False when it was settled before. */
  async settle(caseId: string, settlement: Settlement): Promise<boolean> {
    const { numUpdatedRows } = await this.settling(settlement).where('case_id', '=', caseId).executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** A case, open or settled. */
  async find(caseId: string): Promise<MoneyCase | undefined> {
    const row = await this.db.selectFrom('money_cases').selectAll().where('case_id', '=', caseId).executeTakeFirst();
    return row && readCase(row);
  }

  /** Everything open, the nearest deadline first. */
  async listOpen(limit: number): Promise<OpenCase[]> {
    const rows = await this.db
      .selectFrom('money_cases')
      .leftJoin('payments', 'payments.payment_id', 'money_cases.payment_id')
      .selectAll('money_cases')
      .select(['payments.amount_minor', 'payments.currency', 'payments.state'])
      .where('settled_at', 'is', null)
      .orderBy('deadline')
      .orderBy('case_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      ...readCase(row),
      ...(row.amount_minor === null || row.currency === null || row.state === null
        ? {}
        : { payment: { amount: { minor: row.amount_minor, currency: row.currency as Currency }, state: row.state } }),
    }));
  }

  /** What is open about a payment. */
  async openOf(paymentId: string): Promise<MoneyCase[]> {
    const rows = await this.db
      .selectFrom('money_cases')
      .selectAll()
      .where('payment_id', '=', paymentId)
      .where('settled_at', 'is', null)
      .orderBy('opened_at')
      .execute();
    return rows.map(readCase);
  }

  private settling({ by, outcome, at }: Settlement) {
    return this.db
      .updateTable('money_cases')
      .set({ settled_at: at, settled_by: by, outcome })
      .where('settled_at', 'is', null);
  }
}

function readCase(row: Selectable<CaseRow>): MoneyCase {
  return {
    caseId: row.case_id,
    paymentId: row.payment_id ?? undefined,
    kind: row.kind as CaseKind,
    owner: row.owner as CaseOwner,
    nextAction: row.next_action,
    detail: row.detail as Record<string, unknown>,
    openedAt: row.opened_at,
    deadline: row.deadline,
  };
}
