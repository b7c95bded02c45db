import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EndableProcess } from '../../../src/local/processes/endable';
import { commandLineOf } from '../../../src/local/processes/identity';
import { AlreadyRunning, clearLeftovers, writeRecords } from '../../../src/local/processes/records';
import { eventually, scratchFolder } from '../scratch';

const started: number[] = [];

afterAll(() => {
  for (const pid of started) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The test has ended it.
    }
  }
});

/** A process that only ends when it is told to, with a word in its command line. */
async function startSleeper(word: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)', word], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  started.push(pid);
  await eventually('it runs', async () => (await commandLineOf(pid))?.includes(word) ?? false);
  return pid;
}

const recorded = (pid: number, marker: string): EndableProcess => ({
  name: 'worker',
  pid,
  marker,
  signal: 'SIGTERM',
  graceMs: 5_000,
});

/** Makes the records those of a run whose supervisor is no more, or is another process. */
async function handOver(file: string, supervisor: { pid: number; marker: string }): Promise<void> {
  const records = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...records, supervisor }));
}

const NOBODY = { pid: 2 ** 22 + 1, marker: 'start.mjs' };

describe('what an earlier run left behind', () => {
  it('is ended and forgotten when its supervisor is gone', async () => {
    const file = join(await scratchFolder(), 'processes.json');
    const pid = await startSleeper('left-behind');
    await writeRecords(file, [recorded(pid, 'left-behind')]);
    await handOver(file, NOBODY);
    await expect(clearLeftovers(file)).resolves.toEqual(['worker']);
    expect(await commandLineOf(pid)).toBeUndefined();
    expect(existsSync(file)).toBe(false);
  });

  it('is left alone when its number belongs to another program by now', async () => {
    const file = join(await scratchFolder(), 'processes.json');
    const pid = await startSleeper('somebody-else');
    await writeRecords(file, [recorded(pid, 'dist/src/entry/worker.js')]);
    await handOver(file, NOBODY);
    await expect(clearLeftovers(file)).resolves.toEqual([]);
    expect(await commandLineOf(pid)).toContain('somebody-else');
  });

  it('is no leftover while its supervisor runs: the second start is refused and nothing is ended', async () => {
    const file = join(await scratchFolder(), 'processes.json');
    const supervisor = await startSleeper('the-supervisor');
    const pid = await startSleeper('in-use');
    await writeRecords(file, [recorded(pid, 'in-use')]);
    await handOver(file, { pid: supervisor, marker: 'the-supervisor' });
    await expect(clearLeftovers(file)).rejects.toThrow(AlreadyRunning);
    expect(await commandLineOf(pid)).toContain('in-use');
  });

  it('is nothing on the first start', async () => {
    await expect(clearLeftovers(join(await scratchFolder(), 'processes.json'))).resolves.toEqual([]);
  });
});
