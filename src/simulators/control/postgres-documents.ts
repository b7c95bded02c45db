import { Pool } from 'pg';
import type { DocumentChange, DocumentStore, StoredDocument } from './documents';

/** Writes come one after the other, so one connection is in use and one is spare. */
const CONNECTIONS = 2;

const TABLE = `
  create table if not exists documents (
    kind text not null,
    id text not null,
    body jsonb not null,
    primary key (kind, id)
  )`;

const KEEP = `
  insert into documents (kind, id, body)
  select kind, id, body from jsonb_to_recordset($1::jsonb) as change (kind text, id text, body jsonb)
  on conflict (kind, id) do update set body = excluded.body`;

const DROP = `
  delete from documents using jsonb_to_recordset($1::jsonb) as change (kind text, id text)
  where documents.kind = change.kind and documents.id = change.id`;

/** PostgreSQL's jsonb has no NUL character; what a client sent is kept with a replacement character instead. */
const asJsonb = (changes: DocumentChange[]): string => JSON.stringify(changes).replaceAll('\\u0000', '\\ufffd');

/** Keeps documents in the table `documents` of a database of the simulator's own; makes the table where it is missing. */
export async function postgresDocuments(databaseUrl: string): Promise<DocumentStore> {
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  // An idle connection that the server ends (a restart of PostgreSQL) is replaced at the next query, which reports it.
  pool.on('error', () => {});
  await pool.query(TABLE);

  return {
    async load() {
      const { rows } = await pool.query<StoredDocument>('select kind, id, body from documents order by kind, id');
      return rows;
    },
    async save(changes) {
      // Serialised before the first await: the values are live objects that the next call may change.
      const kept = asJsonb(changes.filter((change) => change.body !== undefined));
      const dropped = asJsonb(changes.filter((change) => change.body === undefined));
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query(KEEP, [kept]);
        await client.query(DROP, [dropped]);
        await client.query('commit');
        client.release();
      } catch (error) {
        // A connection with a transaction in doubt is thrown away, not reused.
        client.release(true);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}
