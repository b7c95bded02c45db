import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How often a process that was asked to end is looked at. */
const POLL_MS = 50;

/**
 * The command line of a running process, its arguments separated by spaces; undefined when there is none. From /proc
 * on Linux, where a slim system has no `ps`, and from `ps` elsewhere.
 */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      const line = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
      return line === '' ? undefined : line;
    }
    return (await run('ps', ['-p', String(pid), '-o', 'command='])).stdout.trim() || undefined;
  } catch {
    // No such process: a pid may end between any two looks.
    return undefined;
  }
}

/** Whether the process still is the one that was recorded: pids are used again, so its command line has to fit. */
export async function isOurs(pid: number, marker: string): Promise<boolean> {
  return (await commandLineOf(pid))?.includes(marker) ?? false;
}

/**
 * Ends a process of ours: asks with the signal, waits, and uses SIGKILL when it takes longer than the grace time.
 * Resolves when it is gone; a process that is not ours any more is left alone.
 */
export async function endProcess(pid: number, marker: string, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!(await isOurs(pid, marker))) return;
  sendSignal(pid, signal);
  if (await isGoneWithin(pid, marker, graceMs)) return;
  sendSignal(pid, 'SIGKILL');
  await isGoneWithin(pid, marker, graceMs);
}

async function isGoneWithin(pid: number, marker: string, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (await isOurs(pid, marker)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return true;
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
