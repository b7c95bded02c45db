import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One process of this machine. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** When it began, in the system's own words: pids are used again, so it takes both to know a process again. */
  readonly began: string;
  readonly command: string;
}

/** Every process that runs; one that has ended and waits to be reaped is left out. */
export async function allProcesses(): Promise<Process[]> {
  if (process.platform !== 'linux') return listedByPs();
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const found = await Promise.all(pids.map(readProcess));
  return found.filter((one) => one !== undefined);
}

/** A process and everything that it or its children started, as far as nobody in between has ended. */
export async function familyOf(pid: number): Promise<Process[]> {
  const all = await allProcesses();
  const family = all.filter((one) => one.pid === pid);
  for (const member of family) family.push(...all.filter(({ parent }) => parent === member.pid));
  return family;
}

/** Of these processes, those that still run. */
export async function survivorsOf(processes: readonly Process[]): Promise<Process[]> {
  const all = await allProcesses();
  return processes.filter(({ pid, began }) => all.some((one) => one.pid === pid && one.began === began));
}

/** Ends processes as a crash would. One that has ended by itself meanwhile, as a worker of the database does, is gone. */
export function crash(processes: readonly Process[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** From Linux itself, because a slim system has no `ps`. */
async function readProcess(pid: number): Promise<Process | undefined> {
  try {
    const [commandLine, status] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    const command = commandLine.replaceAll('\0', ' ').trim();
    // After the name in brackets, which may hold anything, come state and parent, and the beginning as the twentieth.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return command === '' ? undefined : { pid, parent: Number(fields[1]), began: fields[19] ?? '', command };
  } catch {
    // It ended while it was looked at.
    return undefined;
  }
}

async function listedByPs(): Promise<Process[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,lstart=,command=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, began = '', command] = /^\s*(\d+)\s+(\d+)\s+(\w+ \w+ +\d+ \S+ \d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), began, command }];
  });
}
