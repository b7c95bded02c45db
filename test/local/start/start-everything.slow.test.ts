import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { freePort } from '../../../src/local/ports';
import { eventually, scratchFolder } from '../scratch';

const ROOT = resolve(__dirname, '../../..');

/** Parts of a few lines: what is tried here is how they are started and ended, not what they do. */
const PARTS: Readonly<Record<string, string>> = {
  worker: 'setInterval(() => undefined, 1000);',
  api: `require('node:http').createServer((_, answer) => answer.end('{}')).listen(process.env.PORT, '127.0.0.1');`,
};

/** Starts everything as the entry does, with the parts above. */
const START = `
const [, data, settings, parts] = process.argv;
const { startEverything } = require(${JSON.stringify(join(ROOT, 'dist/src/local/start/start-everything.js'))});
startEverything({
  projectRoot: ${JSON.stringify(ROOT)},
  settings: JSON.parse(settings),
  baseEnvironment: { ...process.env, ...JSON.parse(settings) },
  parts: JSON.parse(parts),
  searchAttributes: [{ name: 'Market', type: 'Keyword' }],
  afterParts: () => Promise.resolve(),
  assets: Promise.resolve(),
  step: (_, work) => work(),
  report: console.log,
}).then(({ stopped }) => stopped).then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1); });
`;

interface Run {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly exitCode: Promise<number | null>;
}

/** A data folder and ports of its own, so that it does not meet a start of the developer. */
async function machine() {
  const folder = await scratchFolder();
  const names = ['PORT', 'CODEC_PORT', 'MESSENGER_SIM_PORT', 'PAYPAL_SIM_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT'];
  const ports = await Promise.all(names.map(async (name) => [name, await freePort()] as const));
  const settings = {
    ...Object.fromEntries(ports),
    HOST: '127.0.0.1',
    DATA_DIR: join(folder, 'data'),
    TEMPORAL_NAMESPACE: 'default',
  };
  await mkdir(join(folder, 'parts'));
  const parts = Object.entries(PARTS).map(([name, code]) => ({
    name,
    script: join(folder, 'parts', `${name}.js`),
    code,
  }));
  for (const { script, code } of parts) await writeFile(script, code);
  const start = (): Run => {
    const child = spawn(process.execPath, ['-e', START, folder, JSON.stringify(settings), JSON.stringify(parts)]);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
    const exitCode = new Promise<number | null>((tell) => child.once('exit', (code) => tell(code)));
    return { child, said: () => said, exitCode };
  };
  return { folder, start };
}

const isReady = (run: Run) => eventually('everything is ready', () => run.said().includes('Try first'), run.said);

/** Every process of this machine whose command line names the folder. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(folder));
}

const nothingIsLeft = (folder: string) => eventually('no process is left', () => processesOf(folder).length === 0);

/** The look at all processes of the machine goes through /proc. */
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describeOnLinux('the start of everything', () => {
  it('brings up databases, Temporal and parts, and takes all of them down on SIGTERM', async () => {
    const { folder, start } = await machine();
    const run = start();
    await isReady(run);
    expect(
      processesOf(folder).filter((line) => /postgres -D|start-dev|parts\/(worker|api)\.js/.test(line)),
    ).toHaveLength(4);
    run.child.kill('SIGTERM');
    await expect(run.exitCode).resolves.toBe(0);
    expect(processesOf(folder)).toEqual([]);
  });

  it('stops half-way when it is asked to while it still starts', async () => {
    const { folder, start } = await machine();
    const run = start();
    // By their names: a child that is just being made has its parent's command line, and may be the guard.
    await eventually('the servers come up', () => processesOf(folder).some((line) => /initdb|start-dev/.test(line)));
    run.child.kill('SIGINT');
    await expect(run.exitCode).resolves.toBe(0);
    await nothingIsLeft(folder);
  });

  it('leaves nothing behind when it is killed, and starts again at once', async () => {
    const { folder, start } = await machine();
    const killed = start();
    await isReady(killed);
    killed.child.kill('SIGKILL');
    const next = start();
    await isReady(next);
    next.child.kill('SIGTERM');
    await next.exitCode;
    await nothingIsLeft(folder);
  });

  it('refuses a second start with the same data and leaves the first alone', async () => {
    const { start } = await machine();
    const first = start();
    await isReady(first);
    const second = start();
    await expect(second.exitCode).resolves.toBe(1);
    expect(second.said()).toContain(`It is running already (process ${first.child.pid})`);
    expect(first.said()).not.toContain('unexpectedly');
    first.child.kill('SIGTERM');
    await expect(first.exitCode).resolves.toBe(0);
  });
});
