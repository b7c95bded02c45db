import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Documents } from '../../../src/simulators/control/documents';
import type { DocumentChange, DocumentStore } from '../../../src/simulators/control/documents';
import { postgresDocuments } from '../../../src/simulators/control/postgres-documents';

/** A store whose writes end when the test says so. */
class HeldStore implements DocumentStore {
  readonly writes: { changes: DocumentChange[]; end: (error?: Error) => void }[] = [];
  load = () => Promise.resolve([]);
  close = () => Promise.resolve();
  save(changes: DocumentChange[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.writes.push({ changes, end: (error) => (error ? reject(error) : resolve()) });
    });
  }
}

describe('documents', () => {
  test('a commit waits for everything that was changed before it, by whomever, and shares its transaction', async () => {
    const store = new HeldStore();
    const documents = new Documents(store);
    const things = documents.collection<number>('thing');
    const done: string[] = [];
    things.set('a', 1);
    const first = documents.commit().then(() => done.push('first'));
    const reader = documents.commit().then(() => done.push('reader'));
    things.set('b', 2);
    things.set('c', 3);
    const second = documents.commit().then(() => done.push('second'));
    await Promise.resolve();
    expect(done).toEqual([]);
    store.writes[0]?.end();
    await Promise.all([first, reader]);
    expect(done).toEqual(['first', 'reader']);
    store.writes[1]?.end();
    await second;
    expect(store.writes.map(({ changes }) => changes.map(({ id }) => id))).toEqual([['a'], ['b', 'c']]);
  });

  test('a change whose write failed is written with the next one', async () => {
    const store = new HeldStore();
    const documents = new Documents(store);
    const things = documents.collection<number>('thing');
    things.set('a', 1);
    const failed = documents.commit();
    store.writes[0]?.end(new Error('no connection'));
    await expect(failed).rejects.toThrow('no connection');
    things.set('b', 2);
    const retried = documents.commit();
    store.writes[1]?.end();
    await retried;
    expect(store.writes[1]?.changes.map(({ id }) => id).sort()).toEqual(['a', 'b']);
  });

  test('what was committed to PostgreSQL is there for the next process, and what was deleted is not', async () => {
    const adminUrl = process.env['TEST_DATABASE_URL'] ?? '';
    const name = `documents_${randomBytes(6).toString('hex')}`;
    const admin = new Client({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(`create database ${name}`);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;

    const open = async () => {
      const documents = new Documents(await postgresDocuments(url.toString()));
      const things = documents.collection<{ text: string }>('thing');
      await documents.load();
      return { documents, things };
    };
    const before = await open();
    before.things.set('kept', { text: 'a "quoted" \\ backslash and a NUL \u0000 character' });
    before.things.set('dropped', { text: 'gone' });
    await before.documents.commit();
    before.things.delete('dropped');
    before.things.set('kept', { text: 'changed \u0000' });
    await before.documents.close();

    const after = await open();
    expect(after.things.entries()).toEqual([['kept', { text: 'changed \ufffd' }]]);
    await after.documents.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
});
