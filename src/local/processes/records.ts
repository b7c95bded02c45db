import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { EndableProcess } from './endable';
import { endProcess, isOurs } from './identity';

/** What is written down about a run, so that the next one can tell what it left behind. */
interface Records {
  readonly supervisor: { readonly pid: number; readonly marker: string };
  readonly processes: readonly EndableProcess[];
}

/** Another `npm start` runs with the same data. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
  constructor(pid: number) {
    super(`It is running already (process ${pid}): stop that one with Ctrl-C, or set DATA_DIR to another folder.`);
  }
}

/**
 * Ends every process that an earlier run left behind because it was killed together with its guard. Gives their names.
 *
 * @throws AlreadyRunning when that run has not ended at all.
 */
export async function clearLeftovers(file: string): Promise<string[]> {
  const records = await read(file);
  if (records === undefined) return [];
  const { supervisor, processes } = records;
  if (supervisor.pid !== process.pid && (await isOurs(supervisor.pid, supervisor.marker))) {
    throw new AlreadyRunning(supervisor.pid);
  }
  const alive: string[] = [];
  for (const { name, pid, marker, signal, graceMs } of processes) {
    if (!(await isOurs(pid, marker))) continue;
    alive.push(name);
    await endProcess(pid, marker, signal, graceMs);
  }
  await rm(file, { force: true });
  return alive;
}

/** Writes down which processes run, whole or not at all. */
export async function writeRecords(file: string, processes: readonly EndableProcess[]): Promise<void> {
  const supervisor = { pid: process.pid, marker: basename(process.argv[1] ?? process.execPath) };
  await mkdir(dirname(file), { recursive: true });
  const records: Records = { supervisor, processes };
  await writeFile(`${file}.new`, `${JSON.stringify(records, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

/** Forgets a run that ended in good order. */
export async function removeRecords(file: string): Promise<void> {
  await rm(file, { force: true });
}

async function read(file: string): Promise<Records | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Records;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
