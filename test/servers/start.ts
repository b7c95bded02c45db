import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findBinary } from '../../src/local/binaries/find';
import { TEMPORAL_CLI, TIME_SKIPPING_SERVER } from '../../src/local/binaries/pinned';
import { freePort } from '../../src/local/ports';
import type { Announce, EndableProcess } from '../../src/local/processes/endable';
import { startPostgres } from '../../src/local/postgres/server';
import { startGuard } from '../../src/local/processes/guard';
import { startTemporalServer } from '../../src/local/temporal-server';
import { SEARCH_ATTRIBUTE_FLAGS } from '../../src/temporal/search-attributes';
import { findChromium } from './chromium';
import { requireOurNode } from './node-release';
import { prepareForWorlds } from './prepare';
import { rememberServers, runningServers } from './running';

const HOST = '127.0.0.1';
const ROOT = resolve(__dirname, '..', '..');

/**
 * Nobody misses the data of a test, so its servers are not given time to put it away: SIGQUIT is PostgreSQL's immediate
 * shutdown, which takes its own children along, and ends Temporal's dev server at once.
 */
const AT_ONCE = { signal: 'SIGQUIT', graceMs: 2_000 } as const;

/**
 * Starts the servers that the tests share, before the first of them: PostgreSQL and Temporal's dev server, both on
 * free ports and with nothing kept. A guard ends them when Jest ends, however it ends; a watch keeps them between runs.
 *
 * Tells the tests where they are: TEST_DATABASE_URL (a superuser's; a suite makes its own database),
 * TEST_TEMPORAL_ADDRESS, TEST_TEMPORAL_CLI_PATH, TEST_TIME_SKIPPING_SERVER_PATH (a suite starts its own),
 * TEST_CHROMIUM_PATH, which is absent where there is no browser, and TEST_RUN_FOLDER, which is gone afterwards: there lies
 * what all worlds use, and by it files of one run hear of each other.
 */
export default async function start(): Promise<void> {
  if (runningServers() !== undefined) return;
  requireOurNode();
  const folder = await mkdtemp(join(tmpdir(), 'paypal-in-messenger-test-'));
  const guard = startGuard(ROOT);
  guard.watchOver([], [folder]);
  const processes: EndableProcess[] = [];
  const guarded = (spawned: EndableProcess): void => {
    processes.push({ ...spawned, ...AT_ONCE });
    guard.watchOver(processes, [folder]);
  };

  const [postgres, temporal, timeSkipping] = await Promise.all([
    startScratchPostgres(folder, guarded),
    startTemporal(folder, guarded),
    findBinary(TIME_SKIPPING_SERVER, process.env),
  ]);
  rememberServers({ guard, processes, folder });

  const runFolder = await mkdtemp(join(folder, 'run-'));
  await prepareForWorlds(postgres.urlOf('postgres'), runFolder);
  process.env['TEST_RUN_FOLDER'] = runFolder;
  process.env['TEST_DATABASE_URL'] = postgres.urlOf('postgres');
  process.env['TEST_TEMPORAL_ADDRESS'] = temporal.server.address;
  process.env['TEST_TEMPORAL_CLI_PATH'] = temporal.cli;
  process.env['TEST_TIME_SKIPPING_SERVER_PATH'] = timeSkipping.path;
  announceBrowser();
}

function startScratchPostgres(folder: string, guarded: Announce) {
  const logFile = join(folder, 'postgres.log');
  return startPostgres({ folder: join(folder, 'postgres'), logFile, databases: ['app'], scratch: true }, guarded);
}

async function startTemporal(folder: string, guarded: Announce) {
  const { path: cli } = await findBinary(TEMPORAL_CLI, process.env);
  const port = await freePort(HOST);
  const logFile = join(folder, 'temporal.log');
  const server = await startTemporalServer(
    { cli, host: HOST, port, logFile, searchAttributes: SEARCH_ATTRIBUTE_FLAGS, namespace: 'default' },
    guarded,
  );
  return { cli, server };
}

function announceBrowser(): void {
  const chromium = findChromium(process.env);
  if (chromium !== undefined) process.env['TEST_CHROMIUM_PATH'] = chromium;
  else {
    process.stderr.write(
      '\n*** NO BROWSER: the page tests are SKIPPED. Install Chromium or Chrome, or set CHROMIUM_PATH. ***\n\n',
    );
  }
}
