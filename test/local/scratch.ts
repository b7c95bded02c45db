import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const POLL_MS = 20;
/** A start takes four seconds by itself, and many times that beside the longest tests of the slow tier. */
const DEADLINE_MS = 50_000;

const folders: string[] = [];

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder that is gone after the suite. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'local-test-'));
  folders.push(folder);
  return folder;
}

/** Writes a shell script that can be run and gives its path. */
export async function writeProgram(folder: string, name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Waits until it holds; fails with the words for it, and with what is known by then, when it does not in time. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  known: () => string = () => '',
): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline)
      throw new Error(`In ${DEADLINE_MS / 1000} s it did not come about that ${what}\n${known()}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
