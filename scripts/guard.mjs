/**
 * Ends what a parent leaves behind. It is started beside servers that would outlive a parent killed with SIGKILL, is
 * told over IPC which they are, and when the parent's end of the channel closes, asks each to end, in the order given,
 * and removes scratch folders. A parent that stops in good order tells it an empty list first.
 *
 * Plain JavaScript without imports of ours: tests need it before anything is compiled.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 50;

/** @type {{ processes: { pid: number, marker: string, signal: NodeJS.Signals, graceMs: number }[], folders: string[] }} */
let left = { processes: [], folders: [] };

process.on('message', (message) => (left = message));
process.on('disconnect', endEverything);
// A signal meant for the parent's whole process group: the parent decides what happens.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

async function endEverything() {
  for (const one of left.processes) {
    send(one, one.signal);
    for (const deadline = Date.now() + one.graceMs; isOurs(one) && Date.now() < deadline;) await pause(POLL_MS);
    send(one, 'SIGKILL');
  }
  while (left.processes.some(isOurs)) await pause(POLL_MS);
  for (const folder of left.folders) rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

/** Pids are used again: only a process whose command line still fits is touched. */
function isOurs({ pid, marker }) {
  try {
    const line =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    return line.includes(marker);
  } catch {
    return false;
  }
}

function send(one, signal) {
  if (!isOurs(one)) return;
  try {
    process.kill(one.pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
