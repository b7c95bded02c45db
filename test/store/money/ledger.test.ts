import { randomUUID } from 'node:crypto';
import { MoneyContradiction } from '../../../src/store';
import type { LedgerEntry, Store } from '../../../src/store';
import { drafted, openStore, somebody } from '../opened';
import type { OpenedStore } from '../opened';

const dollars = (account: string, minor: number): LedgerEntry => ({ account, amount: { minor, currency: 'USD' } });
const CHARGED = [dollars('paypal-balance', 1920), dollars('fees', 80), dollars('owed', -2000)];

describe('The ledger', () => {
  let opened: OpenedStore;
  let store: Store;
  let paymentId: string;
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    paymentId = await drafted(store, await somebody(store));
  });

  test('books the entries of a step once, however often they are recorded, also at the same moment', async () => {
    const booking = { paymentId, step: 'charge', epoch: 1, entries: CHARGED };
    await Promise.all(Array.from({ length: 10 }, () => store.ledger.record(booking)));
    await store.ledger.record(booking);
    const entries = await store.ledger.entriesOf(paymentId);
    expect(entries.map(({ account, amount }) => ({ account, amount }))).toEqual(CHARGED);
  });

  test('has the balance of an account in each of its currencies', async () => {
    const account = randomUUID();
    const other = randomUUID();
    const euros = (name: string, minor: number): LedgerEntry => ({ account: name, amount: { minor, currency: 'EUR' } });
    await store.ledger.record({
      paymentId,
      step: 'one',
      epoch: 1,
      entries: [dollars(account, 500), dollars(other, -500)],
    });
    await store.ledger.record({
      paymentId,
      step: 'two',
      epoch: 1,
      entries: [dollars(account, -120), dollars(other, 120)],
    });
    await store.ledger.record({ paymentId, step: 'six', epoch: 1, entries: [euros(account, 7), euros(other, -7)] });
    await expect(store.ledger.balance(account)).resolves.toEqual([
      { minor: 7, currency: 'EUR' },
      { minor: 380, currency: 'USD' },
    ]);
    await expect(store.ledger.balance('unknown')).resolves.toEqual([]);
  });

  test.each([
    ['leave something over', [dollars('a', 100), dollars('b', -99)]],
    [
      'sum to zero only across currencies',
      [dollars('a', 100), { account: 'b', amount: { minor: -100, currency: 'EUR' } }],
    ],
    ['name an account twice', [dollars('a', 100), dollars('a', -100)]],
    ['are no whole minor units', [dollars('a', 0.5), dollars('b', -0.5)]],
    ['are none', []],
  ] as [string, LedgerEntry[]][])('refuses entries that %s', async (_what, entries) => {
    const booking = { paymentId, step: 'charge', epoch: 1, entries };
    await expect(store.ledger.record(booking)).rejects.toThrow(MoneyContradiction);
    await expect(store.ledger.entriesOf(paymentId)).resolves.toEqual([]);
  });

  test('refuses other entries under a step that was booked, and books nothing of them', async () => {
    await store.ledger.record({ paymentId, step: 'charge', epoch: 1, entries: CHARGED });
    for (const entries of [
      [dollars('paypal-balance', 2000), dollars('owed', -2000)],
      [...CHARGED.slice(0, 2), dollars('somewhere', -2000)],
    ]) {
      const other = { paymentId, step: 'charge', epoch: 1, entries };
      await expect(store.ledger.record(other)).rejects.toThrow(MoneyContradiction);
    }
    await expect(store.ledger.entriesOf(paymentId)).resolves.toHaveLength(3);
  });

  test('rolls back with the transaction that it is part of', async () => {
    const failed = store.transaction(async (tx) => {
      await tx.ledger.record({ paymentId, step: 'charge', epoch: 1, entries: CHARGED });
      throw new Error('the rest failed');
    });
    await expect(failed).rejects.toThrow('the rest failed');
    await expect(store.ledger.entriesOf(paymentId)).resolves.toEqual([]);
  });

  test('is never changed: the database itself refuses update, delete and truncate', async () => {
    await store.ledger.record({ paymentId, step: 'charge', epoch: 1, entries: CHARGED });
    for (const statement of [
      'update ledger_entries set amount_minor = 1',
      'delete from ledger_entries',
      'truncate ledger_entries',
      'truncate payments cascade',
    ]) {
      await expect(opened.query(statement)).rejects.toThrow('append-only');
    }
  });

  test('is balanced: the database itself refuses entries that do not sum to zero', async () => {
    const insert = `insert into ledger_entries (payment_id, step, epoch, account, amount_minor, currency)
      values ($1, 'charge', 1, 'owed', -5, 'USD')`;
    await expect(opened.query(insert, [paymentId])).rejects.toThrow('do not sum to zero');
    await expect(store.ledger.firstUnbalanced()).resolves.toBeUndefined();
  });

  test('names a payment whose books were tampered with', async () => {
    await store.ledger.record({ paymentId, step: 'charge', epoch: 1, entries: CHARGED });
    await opened.query(`do $$ begin
      alter table ledger_entries disable trigger ledger_is_append_only;
      update ledger_entries set amount_minor = 1 where payment_id = '${paymentId}' and account = 'fees';
      alter table ledger_entries enable trigger ledger_is_append_only;
    end $$`);
    await expect(store.ledger.firstUnbalanced()).resolves.toBe(paymentId);
  });
});
