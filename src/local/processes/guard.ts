import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { EndableProcess } from './endable';

/** The guard's file name, by which its process is known. */
export const GUARD_SCRIPT = 'guard.mjs';

/** Ends everything it was told of when this process dies, however it dies. */
export interface Guard {
  readonly pid: number;
  /** Tells which processes and scratch folders are to go with this process, in this order; replaces what was told before. */
  watchOver(processes: readonly EndableProcess[], scratchFolders?: readonly string[]): void;
  /** Lets the guard go; it ends nothing that it was told of. */
  dismiss(): void;
}

/**
 * Starts a guard: a process of its own, in a session of its own, so that neither Ctrl-C nor a `kill -9` of this
 * process's whole group reaches it. It does not keep this process alive.
 *
 * @param projectRoot the folder that holds `scripts/`.
 */
export function startGuard(projectRoot: string): Guard {
  const child = fork(join(projectRoot, 'scripts', GUARD_SCRIPT), { detached: true, stdio: 'ignore' });
  child.unref();
  child.channel?.unref();
  const tell = (processes: readonly EndableProcess[], folders: readonly string[]): void => {
    if (child.connected) child.send({ processes, folders });
  };
  if (child.pid === undefined) throw new Error('The guard process could not be started.');
  return {
    pid: child.pid,
    watchOver: (processes, scratchFolders = []) => tell(processes, scratchFolders),
    dismiss: () => {
      tell([], []);
      if (child.connected) child.disconnect();
    },
  };
}
