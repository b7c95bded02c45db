import { sql } from 'kysely';
import { openDatabase } from '../../src/store/database';
import type { Db } from '../../src/store/database';
import { openStore } from './opened';
import type { OpenedStore } from './opened';

describe('Prepared statements', () => {
  let opened: OpenedStore;
  let db: Db;
  beforeAll(async () => {
    opened = await openStore();
    // One connection, so that every statement is on it.
    db = openDatabase(opened.url, 1);
  });
  afterAll(async () => {
    await db.destroy();
    await opened.close();
  });

  const look = (on: Db) => on.selectFrom('reps').selectAll().where('name', '=', 'Ana').execute();
  const addColumn = (name: string) => opened.query(`alter table reps add column ${name} text`);

  test('a statement is prepared once, however often it runs', async () => {
    for (let time = 0; time < 3; time++) await look(db);
    const { rows } = await sql`select 1 from pg_prepared_statements where statement like '%from "reps"%'`.execute(db);
    expect(rows).toHaveLength(1);
  });

  test('a schema that changes under it is not noticed', async () => {
    await look(db);
    await addColumn('nickname');
    await expect(look(db)).resolves.toEqual([]);
  });

  test('a transaction in which it changes fails, and the next one does not', async () => {
    await look(db);
    await addColumn('motto');
    const inTransaction = () => db.transaction().execute(look);
    await expect(inTransaction()).rejects.toThrow('cached plan must not change result type');
    await expect(inTransaction()).resolves.toEqual([]);
  });

  test('of lists of every length no more are kept than the server has room for, and all of them work', async () => {
    const connection = openDatabase(opened.url, 1);
    for (let length = 1; length <= 700; length++) {
      const names = Array.from({ length }, (_name, place) => String(place));
      await connection.selectFrom('reps').select('name').where('name', 'in', names).execute();
    }
    const kept = await sql<{ count: number }>`select count(*)::int as count from pg_prepared_statements`.execute(
      connection,
    );
    expect(kept.rows[0]?.count).toBe(600);
    await connection.destroy();
  });
});
