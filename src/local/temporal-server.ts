import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Announce, StartedProcess } from './processes/endable';
import { endingOf, hasEnded } from './processes/ending';

const run = promisify(execFile);

/** Cold, on two busy cores, the server has taken 2 s. */
const READY_WITHIN_MS = 60_000;

/** One look at the server; a hanging one must not use up the time for the others. */
const LOOK_TIMEOUT_MS = 5_000;

const POLL_MS = 50;

/** The dev server closes its SQLite file within a second. */
const GRACE_MS = 10_000;

/** A custom search attribute, as the server registers it. */
export interface SearchAttributeToRegister {
  readonly name: string;
  readonly type: 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';
}

/** How the dev server runs. */
export interface TemporalServerOptions {
  /** The Temporal CLI. */
  readonly cli: string;
  readonly host: string;
  readonly port: number;
  readonly logFile: string;
  readonly searchAttributes: readonly SearchAttributeToRegister[];
  /** Where the state is kept; absent: in memory. */
  readonly databaseFile?: string;
  /** The Web UI's port and the codec server that makes payloads readable there; absent: no Web UI. */
  readonly ui?: { readonly host: string; readonly port: number; readonly codecEndpoint: string };
  /** The namespace that has to be there. */
  readonly namespace: string;
}

/** A running Temporal server. */
export interface RunningTemporalServer extends StartedProcess {
  /** Its gRPC address, `host:port`. */
  readonly address: string;
}

/**
 * Starts Temporal's dev server and resolves when its namespace answers. It runs on when this process ends:
 * whoever starts it sees to its end.
 *
 * @throws Error with the end of the server's log when it does not come up.
 */
export async function startTemporalServer(
  options: TemporalServerOptions,
  announce: Announce,
): Promise<RunningTemporalServer> {
  await mkdir(dirname(options.logFile), { recursive: true });
  const child = launch(options);
  if (child.pid === undefined) throw new Error(`${options.cli} could not be run: ${await endingOf(child)}.`);
  const process = {
    name: 'temporal',
    pid: child.pid,
    marker: markerOf(options),
    signal: 'SIGTERM',
    graceMs: GRACE_MS,
  } as const;
  announce(process);
  const address = `${options.host}:${options.port}`;
  await waitUntilReady(child, options, address);
  return { ...process, ended: endingOf(child), address };
}

async function waitUntilReady(
  child: ChildProcess,
  { cli, logFile, namespace }: TemporalServerOptions,
  address: string,
): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const isReady = await answers(cli, address, namespace);
    // Somebody else's server may answer where ours could not listen.
    if (hasEnded(child)) throw new Error(`The Temporal server does not start: ${await endOf(logFile)}`);
    if (isReady) return;
    if (Date.now() > deadline) {
      throw new Error(`The Temporal server is not ready after ${READY_WITHIN_MS / 1000} s: ${await endOf(logFile)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function launch(options: TemporalServerOptions): ChildProcess {
  const log = openSync(options.logFile, 'a');
  try {
    const child = spawn(options.cli, argumentsFor(options), { stdio: ['ignore', log, log], detached: true });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

function argumentsFor(options: TemporalServerOptions): string[] {
  const { host, port, databaseFile, ui, searchAttributes, namespace } = options;
  const flags = ['server', 'start-dev', '--ip', host, '--port', String(port), '--log-level', 'warn'];
  if (databaseFile !== undefined) flags.push('--db-filename', databaseFile);
  if (ui === undefined) flags.push('--headless');
  else {
    flags.push('--ui-ip', ui.host, '--ui-port', String(ui.port));
    flags.push('--ui-codec-endpoint', ui.codecEndpoint, '--ui-disable-news-fetch');
  }
  flags.push('--namespace', namespace);
  for (const { name, type } of searchAttributes) flags.push('--search-attribute', `${name}=${type}`);
  return flags;
}

/** Port and database file tell this server from any other dev server of the machine. */
function markerOf({ host, port, databaseFile }: TemporalServerOptions): string {
  const start = `server start-dev --ip ${host} --port ${port}`;
  return databaseFile === undefined ? start : `${start} --log-level warn --db-filename ${databaseFile}`;
}

async function answers(cli: string, address: string, namespace: string): Promise<boolean> {
  try {
    const look = ['operator', 'namespace', 'describe', '--namespace', namespace, '--address', address];
    await run(cli, look, { timeout: LOOK_TIMEOUT_MS });
    return true;
  } catch {
    // Not yet.
    return false;
  }
}

async function endOf(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n');
  return `${lines.slice(-3).join(' ')} (all of it: ${logFile})`;
}
