import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { KeyRing } from '../../../src/keys';
import { createStore } from '../../../src/store';
import { openDatabase } from '../../../src/store/database';
import { drafted, openStore, somebody } from '../opened';
import type { OpenedStore } from '../opened';

const TOMORROW = new Date(Date.now() + 86_400_000);
const usd = (account: string, minor: number) => ({ account, amount: { minor, currency: 'USD' } }) as const;

describe('The seals of the ledger', () => {
  let opened: OpenedStore;
  let paymentIds: string[];
  beforeEach(async () => {
    opened = await openStore();
    const payer = await somebody(opened.store);
    paymentIds = [];
    for (let count = 0; count < 3; count++) {
      const paymentId = await drafted(opened.store, payer);
      const entries = [usd('paypal-balance', 1_900), usd('fees', 100), usd('owed', -2_000)];
      await opened.store.ledger.record({ paymentId, step: 'charge', epoch: 1, entries });
      paymentIds.push(paymentId);
    }
  });
  afterEach(() => opened.close());

  const seal = () => opened.store.ledgerSeals.seal(TOMORROW);
  const verify = () => opened.store.ledgerSeals.verify();

  /** What somebody does who owns the database and switches its guards off. */
  async function tamper(statement: string): Promise<void> {
    for (const table of ['ledger_entries', 'ledger_seals', 'ledger_days']) {
      await opened.query(`alter table ${table} disable trigger all`);
    }
    await opened.query(statement);
  }

  test('cover every row, grow night by night and verify', async () => {
    expect(await seal()).toMatchObject({ entries: 9, days: [expect.stringMatching(/^\d{4}-\d\d-\d\d$/)] });
    expect(await seal()).toEqual({ entries: 0, days: [] });
    expect(await verify()).toEqual({ entries: 9, days: 1 });
    const paymentId = paymentIds[0] ?? '';
    await opened.store.ledger.record({
      paymentId,
      step: 'payout',
      epoch: 1,
      entries: [usd('owed', 5), usd('fees', -5)],
    });
    await opened.store.ledgerSeals.seal(TOMORROW);
    expect(await verify()).toEqual({ entries: 11, days: 1 });
  });

  test('two sealings at once seal every row once', async () => {
    await Promise.all([seal(), seal(), seal()]);
    expect(await verify()).toEqual({ entries: 9, days: 1 });
  });

  test('seal nothing of the day that is not over', async () => {
    const midnight = new Date(new Date().toISOString().slice(0, 10));
    expect(await opened.store.ledgerSeals.seal(midnight)).toEqual({ entries: 0, days: [] });
    expect(await verify()).toEqual({ entries: 0, days: 0 });
  });

  test.each([
    [
      'an amount',
      `update ledger_entries set amount_minor = amount_minor + 1 where entry_id = 5`,
      { what: 'changed', entryId: 5 },
    ],
    ['an account', `update ledger_entries set account = 'losses' where entry_id = 2`, { what: 'changed', entryId: 2 }],
    [
      'a time',
      `update ledger_entries set recorded_at = recorded_at - interval '1 us' where entry_id = 7`,
      { what: 'changed', entryId: 7 },
    ],
    ['a row that is taken away', `delete from ledger_entries where entry_id = 4`, { what: 'missing', entryId: 4 }],
    [
      'a row taken away with its seal',
      `with gone as (delete from ledger_entries where entry_id = 4) delete from ledger_seals where entry_id = 4`,
      { what: 'seal-missing', entryId: 5 },
    ],
    ['the end of a day', `update ledger_days set seal = decode(repeat('00', 32), 'hex')`, { what: 'day-changed' }],
  ])('name %s', async (_what, statement, broken) => {
    await seal();
    await tamper(statement);
    expect((await verify()).broken).toMatchObject(broken);
  });

  test('name a row that is put in afterwards', async () => {
    await seal();
    await tamper(`insert into ledger_entries (payment_id, step, epoch, account, amount_minor, currency)
      select payment_id, 'late', 1, 'owed', 1, 'USD' from ledger_entries limit 1`);
    expect((await verify()).broken).toEqual({ what: 'added', entryId: 10 });
  });

  test('name a payment that does not sum to zero, before its rows are sealed', async () => {
    await tamper(`insert into ledger_entries (payment_id, step, epoch, account, amount_minor, currency)
      select payment_id, 'odd', 1, 'owed', 1, 'USD' from ledger_entries where payment_id = '${paymentIds[1]}' limit 1`);
    expect((await verify()).broken).toEqual({ what: 'unbalanced', paymentId: paymentIds[1] });
  });

  test('cannot be made without the key', async () => {
    await seal();
    const other = opened.another();
    expect(await other.ledgerSeals.verify()).toEqual({ entries: 9, days: 1 });
    const stranger = createStore({
      databaseUrl: opened.url,
      keys: new KeyRing([{ id: 'x', key: Buffer.alloc(32, 7) }]),
      blindIndexKey: Buffer.from(randomUUID()),
    });
    expect((await stranger.ledgerSeals.verify()).broken).toEqual({ what: 'changed', entryId: 1 });
    await stranger.close();
  });
});

describe('The role that the application works as', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  test.each(['ledger_entries', 'ledger_seals', 'ledger_days'])(
    'may append to %s and has no right to change, empty or unguard it',
    async (table) => {
      const may = async (what: string) =>
        (
          await opened.query<{ may: boolean }>(
            `select has_table_privilege('paypal_in_messenger_app', '${table}', '${what}') as may`,
          )
        )[0]?.may;
      expect([await may('select'), await may('insert')]).toEqual([true, true]);
      expect([await may('update'), await may('delete'), await may('truncate'), await may('trigger')]).toEqual([
        false,
        false,
        false,
        false,
      ]);
      for (const statement of [
        `update ${table} set ${table === 'ledger_entries' ? 'account = account' : 'seal = seal'}`,
        `delete from ${table}`,
        `truncate ${table}`,
        `alter table ${table} disable trigger all`,
        `drop table ${table}`,
      ]) {
        const tried = opened.query(
          `do $do$ begin set local role paypal_in_messenger_app; execute '${statement}'; end $do$`,
        );
        await expect(tried).rejects.toThrow(/permission denied|must be owner/);
      }
    },
  );

  test('is the one of every connection of a store, also on tables that later migrations made', async () => {
    const rows = await opened.query<{ table: string; may: boolean }>(
      `select tablename as table, has_table_privilege('paypal_in_messenger_app', quote_ident(tablename), 'insert') as may
       from pg_tables where schemaname = current_schema() and tablename not like 'kysely%'`,
    );
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter(({ may }) => !may)).toEqual([]);
    const db = openDatabase(opened.url);
    const { rows: who } = await sql<{ current_user: string }>`select current_user`.execute(db);
    await db.destroy();
    expect(who).toEqual([{ current_user: 'paypal_in_messenger_app' }]);
  });
});
