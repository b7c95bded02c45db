import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Db } from '../database';
import type { Reps as RepRow } from '../schema/conversations';

export type RepRole = 'rep' | 'supervisor' | 'operator' | 'auditor';

/** `finishing` takes nothing new but what colleagues hand over. */
export type RepStatus = 'available' | 'finishing' | 'away';

/** Somebody who works at the desk. */
export interface Rep {
  repId: string;
  name: string;
  role: RepRole;
  status: RepStatus;
  /** How much a rep can have at once, over all channels. */
  slots: number;
  /** What of it the rep's other channels use. */
  otherWork: number;
}

/** Who works at the desk, and whether they can take more. */
export class Reps {
  constructor(private readonly db: Db) {}

  /** The rep of this name, new or known, with this role from now on. */
  async signIn(name: string, role: RepRole): Promise<Rep> {
    const row = await this.db
      .insertInto('reps')
      .values({ rep_id: randomUUID(), name, role })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ role }))
      .returningAll()
      .executeTakeFirstOrThrow();
    return readRep(row);
  }

  async find(repId: string): Promise<Rep | undefined> {
    const row = await this.db.selectFrom('reps').selectAll().where('rep_id', '=', repId).executeTakeFirst();
    return row && readRep(row);
  }

  /** Everybody, by name, with how many conversations each of them has. */
  async list(): Promise<(Rep & { used: number })[]> {
    const rows = await this.db
      .selectFrom('reps')
      .selectAll()
      .select((eb) =>
        eb
          .selectFrom('slots_taken')
          .select(sql<number>`count(*)`.as('count'))
          .whereRef('slots_taken.rep_id', '=', 'reps.rep_id')
          .as('used'),
      )
      .orderBy('name')
      .execute();
    return rows.map((row) => ({ ...readRep(row), used: row.used ?? 0 }));
  }

  async setStatus(repId: string, status: RepStatus): Promise<void> {
    await this.db.updateTable('reps').set({ status }).where('rep_id', '=', repId).execute();
  }

  /** @param units slots that the rep's other channels use; not below zero */
  async setOtherWork(repId: string, units: number): Promise<void> {
    await this.db.updateTable('reps').set({ other_work: units }).where('rep_id', '=', repId).execute();
  }
}

/** A row as a rep. */
export function readRep(row: Selectable<RepRow>): Rep {
  return {
    repId: row.rep_id,
    name: row.name,
    role: row.role as RepRole,
    status: row.status as RepStatus,
    slots: row.slots,
    otherWork: row.other_work,
  };
}
