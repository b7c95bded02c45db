import { randomBytes, randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { QueryResultRow } from 'pg';
import { KeyRing } from '../../src/keys';
import { createStore } from '../../src/store';
import type { Store } from '../../src/store';
import { migratedDatabase } from '../world/servers/database';
import { eventually } from '../world/waiting';

/** A store on a database of its own, and a way past it. */
export interface OpenedStore {
  readonly store: Store;
  readonly url: string;
  /** Asks the database directly. */
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Another process on the same database, by default with the same keys. */
  another(keys?: KeyRing): Store;
  /** Resolves when a query waits for a lock that another transaction has. */
  somebodyWaits(): Promise<void>;
  close(): Promise<void>;
}

/** The key that the stores of these tests begin with. */
export const FIRST_KEY = { id: 'first', key: randomBytes(32) };

/** Opens a migrated store on a new database. */
export async function openStore(): Promise<OpenedStore> {
  const url = await migratedDatabase('store');
  const blindIndexKey = randomBytes(32);
  const direct = new Pool({ connectionString: url });
  const opened: Store[] = [];
  const another = (keys = new KeyRing([FIRST_KEY])): Store => {
    const made = createStore({ databaseUrl: url, keys, blindIndexKey });
    opened.push(made);
    return made;
  };
  const store = another();
  const query = async <Row extends QueryResultRow>(text: string, values?: unknown[]) =>
    (await direct.query<Row>(text, values)).rows;
  return {
    store,
    url,
    another,
    query,
    somebodyWaits: async () => {
      await eventually('somebody waits for a lock', async () => {
        const waiting = await query(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        );
        return waiting.length > 0;
      });
    },
    close: async () => {
      await Promise.all([direct.end(), ...opened.map((each) => each.close())]);
    },
  };
}

/** A registered person; gives the person's key. */
export async function somebody(store: Store, name = 'Dana Reyes'): Promise<string> {
  const personKey = randomUUID();
  await store.people.register({ personKey, page: '100', address: `psid-${personKey}` });
  await store.people.saveProfile(personKey, { name, firstName: name.split(' ')[0] });
  return personKey;
}

/** A person with a conversation. */
export async function conversing(store: Store, name?: string): Promise<{ personKey: string; conversationId: string }> {
  const personKey = await somebody(store, name);
  const conversationId = `conversation/100/${personKey}`;
  await store.conversations.ensure({ conversationId, personKey });
  return { personKey, conversationId };
}

/** A payment's card of twenty dollars. */
export async function drafted(
  store: Store,
  payerKey: string,
  more: { payeeKey?: string; linkId?: string; shareId?: string; sendsBack?: string } = {},
): Promise<string> {
  const paymentId = randomUUID();
  await store.payments.draft({
    paymentId,
    payerKey,
    payeeEmail: 'lee@example.com',
    payeeName: 'Lee Wong',
    amount: { minor: 2000, currency: 'USD' },
    note: 'for pizza',
    expiresAt: new Date(Date.now() + 900_000),
    ...more,
  });
  return paymentId;
}

/** What a person's link is bound with, but for what the test is about. */
export function binding(personKey: string, payerId = `PAYER-${personKey}`, email = `${personKey}@example.com`) {
  return {
    linkId: randomUUID(),
    personKey,
    payerId,
    email,
    name: 'Dana Reyes',
    country: 'US',
    platform: 'ios',
    vaultToken: `token-${payerId}`,
    customerId: 'customer-1',
  };
}
