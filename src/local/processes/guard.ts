import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { EndableProcess } from './endable';
import { endingOf } from './ending';

/** Ends everything it was told of when this process dies, however it dies. */
export interface Guard {
  /** Tells which processes and scratch folders go with this process, in this order; replaces what was told before. */
  watchOver(processes: readonly EndableProcess[], scratchFolders?: readonly string[]): void;
  /** Lets the guard go, which ends nothing that it was told of; resolves when it is gone itself. */
  dismiss(): Promise<void>;
}

/**
 * Starts a guard: a process of its own, in a session of its own, so that neither Ctrl-C nor a `kill -9` of this
 * process's whole group reaches it. It does not keep this process alive.
 *
 * @param projectRoot the folder that holds `scripts/`.
 */
export function startGuard(projectRoot: string): Guard {
  const child = spawn(process.execPath, [join(projectRoot, 'scripts', 'processes', 'guard.mjs')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const input = child.stdin as Socket;
  // A guard that was killed cannot be told anything; what it guarded is found by the records of the next start.
  input.on('error', () => undefined);
  const ended = endingOf(child);
  child.unref();
  input.unref();
  const tell = (processes: readonly EndableProcess[], folders: readonly string[]): void => {
    if (input.writable) input.write(`${JSON.stringify({ processes, folders })}\n`);
  };
  return {
    watchOver: (processes, scratchFolders = []) => tell(processes, scratchFolders),
    async dismiss() {
      tell([], []);
      child.ref();
      input.end();
      await ended;
    },
  };
}
