import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether the process still is the one that was recorded: pids are used again, so its command line has to fit. */
export function isOurs({ pid, marker }) {
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

/** Signals a process that still is ours; one that ended meanwhile is none of our business. */
export function signal(one, name) {
  if (!isOurs(one)) return;
  try {
    process.kill(one.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
