import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { commandLineOf } from '../../../src/local/processes/identity';
import { eventually, scratchFolder } from '../scratch';

const GUARD = resolve(__dirname, '../../../scripts/processes/guard.mjs');

/** A parent with a guard and two servers that do not mind its death; one of them does not mind SIGTERM either. */
const PARENT = `
const { spawn } = require('node:child_process');
const [, folder, scratch, dismiss] = process.argv;
const guard = spawn(process.execPath, [${JSON.stringify(GUARD)}], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
const tell = (processes, folders) => guard.stdin.write(JSON.stringify({ processes, folders }) + '\\n');
const start = (code) => {
  const child = spawn(process.execPath, ['-e', code, folder], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve) => child.stdout.once('data', () => resolve(child.pid)));
};
const polite = 'setInterval(() => undefined, 1000); console.log(1)';
const stubborn = 'process.on("SIGTERM", () => undefined); ' + polite;
Promise.all([start(polite), start(stubborn)]).then((pids) => {
  const processes = pids.map((pid) => ({ name: 'server', pid, marker: folder, signal: 'SIGTERM', graceMs: 300 }));
  tell(processes, [scratch]);
  if (dismiss === 'dismiss') {
    tell([], []);
    guard.stdin.end();
  }
  console.log(JSON.stringify({ guard: guard.pid, servers: pids }));
});
setInterval(() => undefined, 1000);
`;

interface Family {
  readonly guard: number;
  readonly servers: readonly number[];
}

async function startFamily(
  folder: string,
  scratch: string,
  dismiss = '',
): Promise<Family & { killParent: () => void }> {
  const parent = spawn(process.execPath, ['-e', PARENT, folder, scratch, dismiss], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const family = await new Promise<Family>((tell) =>
    parent.stdout.once('data', (line: Buffer) => tell(JSON.parse(String(line)) as Family)),
  );
  // The whole process group of the parent, as a terminal or a supervisor of the system would.
  return { ...family, killParent: () => process.kill(-(parent.pid ?? 0), 'SIGKILL') };
}

const isGone = async (pid: number): Promise<boolean> => (await commandLineOf(pid)) === undefined;

describe('the guard of a parent that is killed', () => {
  it('ends the servers left behind, removes the scratch folder and goes', async () => {
    const scratch = join(await scratchFolder(), 'scratch');
    await mkdir(scratch);
    const { guard, servers, killParent } = await startFamily(await scratchFolder(), scratch);
    killParent();
    for (const pid of [...servers, guard]) await eventually(`process ${pid} is gone`, () => isGone(pid));
    expect(existsSync(scratch)).toBe(false);
  });

  it('ends nothing once it was dismissed', async () => {
    const scratch = await scratchFolder();
    const { guard, servers, killParent } = await startFamily(await scratchFolder(), scratch, 'dismiss');
    await eventually('the guard is gone', () => isGone(guard));
    killParent();
    for (const pid of servers) expect(await isGone(pid)).toBe(false);
    for (const pid of servers) process.kill(pid, 'SIGKILL');
    expect(existsSync(scratch)).toBe(true);
  });
});
