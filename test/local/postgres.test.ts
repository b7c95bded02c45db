import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { EndableProcess } from '../../src/local/processes/endable';
import { commandLineOf, endProcess } from '../../src/local/processes/identity';
import { serverAccount } from '../../src/local/postgres/account';
import { startPostgres } from '../../src/local/postgres/server';
import type { RunningPostgres } from '../../src/local/postgres/server';
import { eventually, scratchFolder } from './scratch';

/** Elsewhere it cannot be told from outside whether a process has ended. */
const itOnLinux = process.platform === 'linux' ? it : it.skip;

const running: EndableProcess[] = [];

afterEach(async () => {
  for (const { pid, marker } of running.splice(0)) await endProcess(pid, marker, 'SIGQUIT', 5_000);
});

function start(folder: string): Promise<RunningPostgres> {
  const options = { folder: join(folder, 'postgres'), logFile: join(folder, 'postgres.log'), databases: ['app'] };
  return startPostgres(options, (spawned) => running.push(spawned));
}

async function query<Row extends object>(postgres: RunningPostgres, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: postgres.urlOf('app') });
  // A server that is killed takes its connections along.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  it('starts again on the same folder after kill -9 and has kept what was committed', async () => {
    const folder = await scratchFolder();
    const first = await start(folder);
    await query(first, 'CREATE TABLE kept (word text); INSERT INTO kept VALUES ($$still here$$)');
    process.kill(first.pid, 'SIGKILL');
    const second = await start(folder);
    expect(await query(second, 'SELECT word FROM kept')).toEqual([{ word: 'still here' }]);
    expect(second.urlOf('app')).toBe(first.urlOf('app'));
  });

  it('ends a server that outlived its parent before it starts its own', async () => {
    const folder = await scratchFolder();
    const orphan = await start(folder);
    const next = await start(folder);
    expect(next.pid).not.toBe(orphan.pid);
    expect(await commandLineOf(orphan.pid)).toBeUndefined();
    expect(await query(next, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('does not mind a lock whose number belongs to another program by now', async () => {
    const folder = await scratchFolder();
    const first = await start(folder);
    const lock = join(first.marker, 'postmaster.pid');
    const content = await readFile(lock, 'utf8');
    await endProcess(first.pid, first.marker, 'SIGINT', 5_000);
    await writeFile(lock, content.replace(/^\d+/, String(process.pid)));
    const second = await start(folder);
    expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  itOnLinux('does not mind a lock of a killed server that nobody has reaped yet', async () => {
    const folder = await scratchFolder();
    const first = await start(folder);
    const lock = join(first.marker, 'postmaster.pid');
    const content = await readFile(lock, 'utf8');
    await endProcess(first.pid, first.marker, 'SIGINT', 5_000);
    // What the shell becomes knows nothing of the child that the shell started. Of the account of the server, because
    // PostgreSQL takes nobody else's process for one.
    const careless = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
      ...(await serverAccount()),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [line] = (await once(careless.stdout, 'data')) as [Buffer];
      const ended = Number(line.toString());
      await eventually('the child has ended', async () => (await commandLineOf(ended)) === undefined);
      await writeFile(lock, content.replace(/^\d+/, String(ended)));
      expect(await query(await start(folder), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      careless.kill('SIGKILL');
    }
  });

  it('makes the cluster anew when a first start was killed half-way', async () => {
    const folder = await scratchFolder();
    await mkdir(join(folder, 'postgres.new'));
    await writeFile(join(folder, 'postgres.new', 'PG_VERSION'), '18\n');
    expect(await query(await start(folder), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses a wrong password, and sorts and folds letters the same on every machine', async () => {
    const postgres = await start(await scratchFolder());
    const wrong = new Client({ connectionString: postgres.urlOf('app').replace(/:[^:@]+@/, ':wrong@') });
    await expect(wrong.connect()).rejects.toThrow(/password authentication failed/);
    expect(
      await query(postgres, "SELECT upper('straße ñ') AS word, current_setting('server_encoding') AS encoding"),
    ).toEqual([{ word: 'STRAßE Ñ', encoding: 'UTF8' }]);
  });

  it('goes down in good order when it is asked to', async () => {
    const postgres = await start(await scratchFolder());
    await endProcess(postgres.pid, postgres.marker, postgres.signal, postgres.graceMs);
    await expect(postgres.ended).resolves.toBe('exit code 0');
    await eventually('its lock is gone', async () => (await commandLineOf(postgres.pid)) === undefined);
  });
});
