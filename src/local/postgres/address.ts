import { readFile } from 'node:fs/promises';
import type { ClusterFacts } from './cluster';
import { SUPERUSER } from './cluster';

/**
 * The address of a database in the embedded PostgreSQL that runs at this moment, for a command beside it.
 * @param folder the folder of its data; beside it port and password are kept.
 * @throws Error with one sentence when there is none
 */
export async function runningDatabaseUrl(folder: string, database: string): Promise<string> {
  const facts = await readFile(`${folder}.json`, 'utf8').catch(() => undefined);
  if (facts === undefined) throw new Error('There is no database here: start the application, or give DATABASE_URL.');
  const { password, port } = JSON.parse(facts) as ClusterFacts;
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}
