import { Client } from 'pg';

/** The schema as migrations have made it, for whoever does not test how: to copy it costs less than to make it. */
export const MIGRATED = 'migrated';

/** A fresh database with the newest schema for one suite; gives its address. */
export function migratedDatabase(name: string): Promise<string> {
  return freshDatabase(name, MIGRATED);
}

/** A fresh database for one suite on the shared PostgreSQL, empty or a copy of another; gives its address. */
export async function freshDatabase(name: string, template?: string): Promise<string> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('the shared servers are not running');
  return createDatabase(server, `${name}_${process.pid}_${Date.now().toString(36)}`, template);
}

/** Makes a database on this server; gives its address. */
export async function createDatabase(server: string, database: string, template = 'template1'): Promise<string> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${database} template ${template}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
