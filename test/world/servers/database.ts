import { Client } from 'pg';

/** A fresh database for one suite on the shared PostgreSQL; gives its address. */
export async function freshDatabase(name: string): Promise<string> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('the shared servers are not running');
  const database = `${name}_${process.pid}_${Date.now().toString(36)}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
