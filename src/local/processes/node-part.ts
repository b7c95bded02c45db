import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Announce, StartedProcess } from './endable';
import { endingOf } from './ending';
import { errorIn } from './log-lines';

/** A worker finishes the activities it has begun; whatever takes longer is retried by Temporal anyway. */
const PART_GRACE_MS = 10_000;

/** Beyond this size a log is put aside at the next start, and the one put aside before is forgotten. */
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** One part of the application: a compiled entry that runs as a Node process of its own. */
export interface NodePart {
  readonly name: string;
  /** The absolute path of the compiled entry. */
  readonly script: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
}

/**
 * Starts a part. All it says goes to its log, errors to `onError` as well. It is in a session of its own, so that a
 * Ctrl-C in the terminal reaches it only through the one who decides in which order everything stops.
 */
export async function startNodePart(
  part: NodePart,
  announce: Announce,
  onError: (line: string) => void,
): Promise<StartedProcess> {
  const { name, script, environment, logFile } = part;
  await mkdir(dirname(logFile), { recursive: true });
  await putAsideWhenLarge(logFile);
  const child = spawn(process.execPath, ['--enable-source-maps', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: environment,
  });
  const ended = endingOf(child);
  const log = createWriteStream(logFile, { flags: 'a' });
  for (const [stream, from] of [
    [child.stdout, 'output'],
    [child.stderr, 'errors'],
  ] as const) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      const error = errorIn(line, from);
      if (error !== undefined) onError(error);
    });
  }
  child.once('close', () => log.end());
  if (child.pid === undefined) throw new Error(`${name} could not be run: ${await ended}`);
  const started = { name, pid: child.pid, marker: script, signal: 'SIGTERM', graceMs: PART_GRACE_MS, ended } as const;
  announce(started);
  return started;
}

async function putAsideWhenLarge(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(logFile, `${logFile}.old`);
}
