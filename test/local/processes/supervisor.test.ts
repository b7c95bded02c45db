import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Guard } from '../../../src/local/processes/guard';
import { commandLineOf } from '../../../src/local/processes/identity';
import { startNodePart } from '../../../src/local/processes/node-part';
import { Supervisor } from '../../../src/local/processes/supervisor';
import { eventually, scratchFolder } from '../scratch';

/** Higher than any number that the system gives. */
const NO_PROCESS = 2 ** 22 + 1;

/** A guard takes a moment to end, in milliseconds: who stops waits for it. */
const GUARD_GOES_AFTER_MS = 30;

const RUNS = 'setInterval(() => undefined, 1000);';

/** Appends a line to the file of its folder when it begins and when it is asked to end. */
const TELLS = `
const { appendFileSync } = require('node:fs');
const tell = (what) => appendFileSync(__dirname + '/told', what + ' ' + require('node:path').basename(__filename) + '\\n');
tell('begin');
process.on('SIGTERM', () => { tell('end'); process.exit(0); });
${RUNS}`;

/** A supervisor with a guard that only notes what it is told, and parts made of a few lines of code. */
async function supervision() {
  const folder = await scratchFolder();
  const told: string[] = [];
  const guarded: number[][] = [];
  const guard: Guard = {
    watchOver: (processes) => guarded.push(processes.map(({ pid }) => pid)),
    async dismiss() {
      await setTimeout(GUARD_GOES_AFTER_MS);
      guarded.push([]);
    },
  };
  const recordsFile = join(folder, 'processes.json');
  const supervisor = new Supervisor({ guard, recordsFile, report: (line) => told.push(line), backOffMs: [10, 10] });
  const start = async (name: string, code: string): Promise<number> => {
    const script = join(folder, `${name}.js`);
    await writeFile(script, code);
    const part = { name, script, environment: {}, logFile: join(folder, `${name}.log`) };
    const running = await supervisor.start({
      name,
      start: (announce) => startNodePart(part, announce, (line) => told.push(`${name}: ${line}`)),
    });
    return running.pid;
  };
  const lines = async (): Promise<string[]> =>
    existsSync(join(folder, 'told')) ? (await readFile(join(folder, 'told'), 'utf8')).trim().split('\n') : [];
  return { supervisor, start, told, guarded, recordsFile, lines, folder };
}

const isGone = async (pid: number): Promise<boolean> => (await commandLineOf(pid)) === undefined;

describe('a supervisor', () => {
  it('stops its parts in the opposite order and leaves no process', async () => {
    const { supervisor, start, lines, guarded, recordsFile } = await supervision();
    const pids = [await start('first', TELLS), await start('second', TELLS)];
    await eventually('both began', async () => (await lines()).length === 2);
    await supervisor.stop();
    expect((await lines()).slice(2)).toEqual(['end second.js', 'end first.js']);
    for (const pid of pids) expect(await isGone(pid)).toBe(true);
    expect(guarded.at(-1)).toEqual([]);
    expect(existsSync(recordsFile)).toBe(false);
  });

  it('writes down every one of many parts that start at the same moment', async () => {
    const { supervisor, recordsFile } = await supervision();
    const names = Array.from({ length: 20 }, (_part, place) => `part-${place}`);
    const started = (name: string) => ({ name, pid: NO_PROCESS, marker: name, signal: 'SIGTERM', graceMs: 0 }) as const;
    const running = (name: string) => ({ ...started(name), ended: new Promise<string>(() => undefined) });
    await Promise.all(names.map((name) => supervisor.start({ name, start: () => Promise.resolve(running(name)) })));
    const { processes } = JSON.parse(await readFile(recordsFile, 'utf8')) as { processes: { name: string }[] };
    expect(processes.map(({ name }) => name)).toEqual(names.toReversed());
    await supervisor.stop();
    expect(existsSync(recordsFile)).toBe(false);
  });

  it('starts a part that died again, says so, and tells its guard of the new process', async () => {
    const { supervisor, start, told, guarded } = await supervision();
    supervisor.ready();
    const pid = await start('worker', RUNS);
    process.kill(pid, 'SIGKILL');
    await eventually('it runs again', () => told.some((line) => line.includes('running again')));
    expect(told[0]).toBe('worker ended unexpectedly (signal SIGKILL) and is started again in 0.01 s');
    expect(guarded.at(-1)).not.toContain(pid);
    expect(guarded.at(-1)).toHaveLength(1);
    await supervisor.stop();
  });

  it('gives up before everything was ready when a part does not stay up, and names it', async () => {
    const { supervisor, start } = await supervision();
    await start('api', 'process.exit(78);');
    await expect(supervisor.failure).rejects.toThrow('api does not stay up (exit code 78).');
    await supervisor.stop();
  });

  it('never gives up on a part once everything was ready', async () => {
    const { supervisor, start, told } = await supervision();
    supervisor.ready();
    await start('api', 'process.exit(1);');
    await eventually('it was tried six times', () => told.filter((line) => line.includes('unexpectedly')).length >= 6);
    await supervisor.stop();
  });

  it('restarts one part on request and leaves the others alone', async () => {
    const { supervisor, start, lines, told } = await supervision();
    const [api, worker] = [await start('api', TELLS), await start('worker', TELLS)];
    await eventually('both began', async () => (await lines()).length === 2);
    await supervisor.restart('api');
    await eventually(
      'it began anew',
      async () => (await lines()).filter((line) => line === 'begin api.js').length === 2,
    );
    expect(await isGone(api)).toBe(true);
    expect(await isGone(worker)).toBe(false);
    expect(told).toEqual([]);
    await supervisor.stop();
  });

  it('writes all that a part says into its log and its errors to the terminal', async () => {
    const { supervisor, start, told, folder } = await supervision();
    const talk = `console.log('{"level":30,"msg":"fine"}'); console.error('not fine'); ${RUNS}`;
    await start('api', talk);
    await eventually('the error is seen', () => told.includes('api: not fine'));
    await supervisor.stop();
    const log = await readFile(join(folder, 'api.log'), 'utf8');
    expect(log.trim().split('\n').toSorted()).toEqual(['not fine', '{"level":30,"msg":"fine"}']);
    expect(told).toEqual(['api: not fine']);
  });

  it('kills at once a part that does not want to end when it is forced', async () => {
    const { supervisor, start, lines } = await supervision();
    const pid = await start('stubborn', TELLS.replace('process.exit(0)', 'undefined'));
    await eventually('it began', async () => (await lines()).length === 1);
    supervisor.kill();
    await eventually('it is gone', () => isGone(pid));
  });
});
