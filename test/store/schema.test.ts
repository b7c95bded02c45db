import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { KeyRing } from '../../src/keys';
import { createStore } from '../../src/store';
import { freshDatabase } from '../world/servers/database';
import { eventually } from '../world/waiting';
import { FIRST_KEY, openStore, somebody } from './opened';
import type { OpenedStore } from './opened';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

describe('The schema', () => {
  test('is what the generated types say, file by file', async () => {
    const opened = await openStore();
    const folder = await mkdtemp(join(tmpdir(), 'schema-types-'));
    try {
      const generate = ['scripts/generate-schema-types.mjs', '--url', opened.url, '--folder', folder];
      await run(process.execPath, generate, { cwd: ROOT });
      const written = await readdir(folder);
      expect(written.sort()).toEqual(['conversations.ts', 'money.ts', 'people.ts']);
      for (const name of written) {
        const now = await readFile(join(folder, name), 'utf8');
        expect(now).toBe(await readFile(join(ROOT, 'src/store/schema', name), 'utf8'));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
      await opened.close();
    }
  });

  test('is made once by five processes that start at the same moment, and left alone afterwards', async () => {
    const databaseUrl = await freshDatabase('migrations');
    const options = { databaseUrl, keys: new KeyRing([FIRST_KEY]), blindIndexKey: randomBytes(32) };
    const stores = Array.from({ length: 5 }, () => createStore(options));
    try {
      await Promise.all(stores.map((store) => store.migrate()));
      await Promise.all(stores.map((store) => store.migrate()));
      await expect(stores[0]?.ping()).resolves.toBeUndefined();
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });
});

describe('The store', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  test('writes all of a transaction or nothing, and passes its error on', async () => {
    const { store } = opened;
    const failed = store.transaction(async (tx) => {
      await tx.people.register({ personKey: 'half', page: '1', address: 'a' });
      await expect(tx.people.find('half')).resolves.toBeDefined();
      await expect(store.people.find('half')).resolves.toBeUndefined();
      throw new RangeError('stop');
    });
    await expect(failed).rejects.toThrow(RangeError);
    await expect(store.people.find('half')).resolves.toBeUndefined();
  });

  test('makes a transaction within a transaction part of it', async () => {
    const { store } = opened;
    const failed = store.transaction(async (tx) => {
      await tx.transaction((inner) => inner.people.register({ personKey: 'inner', page: '1', address: 'a' }));
      throw new RangeError('stop');
    });
    await expect(failed).rejects.toThrow(RangeError);
    await expect(store.people.find('inner')).resolves.toBeUndefined();
  });

  test('goes on after its connections were ended, also in the middle of a transaction', async () => {
    const { store } = opened;
    const personKey = await somebody(store);
    const interrupted = store.transaction(async (tx) => {
      await tx.people.saveProfile(personKey, { name: 'Nobody' });
      await opened.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await eventually('the connection is lost', async () => {
        const left = await opened.query(`select 1 from pg_stat_activity where datname = current_database()`);
        return left.length === 1;
      });
    });
    await expect(interrupted).rejects.toThrow();
    const person = await eventually('the store answers', () => store.people.find(personKey).catch(() => undefined));
    expect(person.name).toBe('Dana Reyes');
  });

  test('says that the database does not answer', async () => {
    const databaseUrl = 'postgres://nobody@127.0.0.1:1/nothing';
    const away = createStore({ databaseUrl, keys: new KeyRing([FIRST_KEY]), blindIndexKey: randomBytes(32) });
    await expect(away.ping()).rejects.toThrow();
    await away.close();
  });
});
