import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { endProcess, isOurs } from '../processes/identity';
import type { Announce, EndableProcess, StartedProcess } from '../processes/endable';
import { endingOf, hasEnded } from '../processes/ending';
import { serverAccount } from './account';
import type { Account } from './account';
import { SERVER_ENVIRONMENT, SUPERUSER, createClusterWhenAbsent, readClusterFacts } from './cluster';
import { findInstallation, reachableDataFolder } from './installation';
import type { Installation } from './installation';

const HOST = '127.0.0.1';

/** After a crash the server replays its log first, which a busy one needs time for. */
const READY_WITHIN_MS = 60_000;

/** A fast shutdown writes a checkpoint; SIGKILL after this time costs nothing but that the log is replayed. */
export const POSTGRES_GRACE_MS = 10_000;

const POLL_MS = 20;

/** API, worker and simulators each hold a pool, and every test suite its own. */
const MAX_CONNECTIONS = 200;

/** Where the cluster lives and what has to be in it. */
export interface PostgresOptions {
  /** The folder of the data; beside it `<folder>.json` remembers port and password. */
  readonly folder: string;
  readonly logFile: string;
  /** Databases made when absent. */
  readonly databases: readonly string[];
  /** Gives up durability for speed: only for data that nobody misses. */
  readonly scratch?: boolean;
}

/** A running PostgreSQL. */
export interface RunningPostgres extends StartedProcess {
  /** The superuser's address of a database. */
  readonly urlOf: (database: string) => string;
}

/**
 * Starts the embedded PostgreSQL and resolves when it answers. The same folder can be started again after any end,
 * `kill -9` of everything included: a server that survived its parent is ended first, a stale lock does not matter.
 *
 * The server runs on when this process ends: whoever starts it sees to its end, with SIGINT (PostgreSQL's fast
 * shutdown).
 *
 * @throws Error with the last line of the server's log when it does not come up.
 */
export async function startPostgres(options: PostgresOptions, announce: Announce): Promise<RunningPostgres> {
  const account = await serverAccount();
  const installation = await findInstallation(account);
  const folder = await reachableDataFolder(options.folder, account);
  await mkdir(dirname(options.logFile), { recursive: true });
  await endLeftover(folder);
  const { password, port } = await readClusterFacts(`${options.folder}.json`, HOST);
  await createClusterWhenAbsent(installation, folder, password, account, announce);

  const start = (): ChildProcess => {
    const child = launch(installation, folder, port, options, account);
    if (child.pid !== undefined) announce(endable(child.pid, folder));
    return child;
  };
  const child = await comeUp(start, folder, options.logFile);
  const urlOf = (database: string): string => `postgres://${SUPERUSER}:${password}@${HOST}:${port}/${database}`;
  await createDatabases(urlOf('postgres'), options.databases);
  return { ...endable(Number(child.pid), folder), ended: endingOf(child), urlOf };
}

function endable(pid: number, folder: string): EndableProcess {
  return { name: 'postgres', pid, marker: folder, signal: 'SIGINT', graceMs: POSTGRES_GRACE_MS };
}

/** Ends a server that still runs on the folder because its parent was killed, and clears a lock that nobody holds. */
async function endLeftover(folder: string): Promise<void> {
  const lock = join(folder, 'postmaster.pid');
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (await isOurs(pid, folder)) await endProcess(pid, folder, 'SIGINT', POSTGRES_GRACE_MS);
  // Another program has the number now, or the killed server is there in name only, until its end has been taken note
  // of. PostgreSQL would take either for a server and refuse to start.
  else if (hasNumber(pid)) await rm(lock, { force: true });
}

/** Whether the system still gives this number to a process, be it one that has ended and was not reaped. */
function hasNumber(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function launch(
  { postgres }: Installation,
  folder: string,
  port: number,
  { logFile, scratch = false }: PostgresOptions,
  account: Account | undefined,
): ChildProcess {
  const settings = [`listen_addresses=${HOST}`, 'unix_socket_directories=', `max_connections=${MAX_CONNECTIONS}`];
  if (scratch) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(
      postgres,
      ['-D', folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      {
        stdio: ['ignore', log, log],
        detached: true,
        env: SERVER_ENVIRONMENT,
        ...account,
      },
    );
    child.once('error', () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

async function comeUp(start: () => ChildProcess, folder: string, logFile: string): Promise<ChildProcess> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let child = start();
  while (!(await isReady(folder, child))) {
    if (hasEnded(child)) {
      const reason = await lastLineOf(logFile);
      // Workers of a killed server hold its memory for a moment longer.
      if (!/shared memory block .* is still in use/.test(reason)) {
        throw new Error(`The embedded PostgreSQL does not start: ${reason} (all of it: ${logFile})`);
      }
      await pause();
      child = start();
    }
    if (Date.now() > deadline)
      throw new Error(`The embedded PostgreSQL is not ready after ${READY_WITHIN_MS / 1000} s (${logFile})`);
    await pause();
  }
  return child;
}

/** PostgreSQL writes its state into the eighth line of its lock file (source: miscadmin.h, LOCK_FILE_LINE_PM_STATUS). */
async function isReady(folder: string, child: ChildProcess): Promise<boolean> {
  const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
}

/** Makes those databases that the server does not have yet; the address needs the right to (CREATEDB). */
export async function createDatabases(url: string, names: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    const present = new Set(rows.map(({ datname }) => datname));
    for (const name of names) {
      if (!present.has(name)) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    }
  } finally {
    await client.end();
  }
}

async function lastLineOf(file: string): Promise<string> {
  return (
    (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .filter((line) => !line.includes('HINT:'))
      .at(-1) ?? ''
  );
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
