import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, isPortFree } from '../../src/local/ports';
import { eventually } from '../world/waiting';
import { allProcesses, crash, familyOf, survivorsOf } from './processes';
import type { Process } from './processes';

const ROOT = resolve(__dirname, '..', '..');
const HOST = '127.0.0.1';

/** Compiling and a cold start of everything on two busy cores, in milliseconds. */
const READY_WITHIN_MS = 120_000;

/** Everything stops in good order: up to ten seconds for each part that is in the middle of something. */
const STOPPED_WITHIN_MS = 40_000;

/** A part that was killed is started again after half a second to a few, and then has to load its code. */
const BACK_WITHIN_MS = 60_000;

/** The variables that move a port; all of them, so that another `npm start` on this machine is in nobody's way. */
const PORTS = [
  'PORT',
  'MESSENGER_SIM_PORT',
  'PAYPAL_SIM_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'CODEC_PORT',
] as const;

/** What a shell would give; anything else in the environment of a test would be a setting of the application. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'XDG_CACHE_HOME'];

/** A process that `npm start` keeps running. */
export type Part = 'postgres' | 'temporal' | 'codec-server' | 'simulators' | 'worker' | 'api';

/** The whole application as `npm start` runs it: its own processes, ports and data. */
export class Stack {
  private supervisor: ChildProcess | undefined;
  private said = '';

  private constructor(
    private readonly dataFolder: string,
    private readonly ports: Readonly<Record<(typeof PORTS)[number], number>>,
  ) {}

  /** Chooses ports and a folder; {@link start} starts it. */
  static async prepare(): Promise<Stack> {
    const ports = await Promise.all(PORTS.map(async (name) => [name, await freePort(HOST)] as const));
    const folder = await mkdtemp(join(tmpdir(), 'paypal-in-messenger-stack-'));
    return new Stack(folder, Object.fromEntries(ports) as Record<(typeof PORTS)[number], number>);
  }

  get app(): string {
    return `http://${HOST}:${this.ports.PORT}`;
  }

  get messenger(): string {
    return `http://${HOST}:${this.ports.MESSENGER_SIM_PORT}`;
  }

  get paypal(): string {
    return `http://${HOST}:${this.ports.PAYPAL_SIM_PORT}`;
  }

  /** Starts everything, or starts it again with the same data, and waits until it is ready for use. */
  async start(): Promise<void> {
    this.said = '';
    const shell = INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: ROOT,
      env: {
        ...(Object.fromEntries(shell) as NodeJS.ProcessEnv),
        ...Object.fromEntries(PORTS.map((name) => [name, String(this.ports[name])])),
        DATA_DIR: this.dataFolder,
        TEMPORAL_CLI_PATH: process.env['TEST_TEMPORAL_CLI_PATH'],
        // As under npm: when whoever started it has gone, it goes too.
        npm_lifecycle_event: 'start',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.supervisor = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    }
    await eventually(
      'everything is ready',
      async () => {
        if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${this.said}`);
        // It says so after all that has to be done once the parts run.
        return this.said.includes('Ctrl-C stops everything') && (await this.isReady());
      },
      READY_WITHIN_MS,
    );
  }

  private async isReady(): Promise<boolean> {
    try {
      const answer = await fetch(`${this.app}/health/ready`);
      await answer.arrayBuffer();
      return answer.status === 200;
    } catch {
      // Nobody listens.
      return false;
    }
  }

  /** The process of a part, as `npm start` has written it down. */
  async pidOf(part: Part): Promise<number> {
    const { processes } = JSON.parse(await readFile(this.recordsFile, 'utf8')) as {
      processes: { name: string; pid: number }[];
    };
    const pid = processes.find(({ name }) => name === part)?.pid;
    if (pid === undefined) throw new Error(`${part} does not run`);
    return pid;
  }

  /** Ends a part as a crash would. Gives the pid that it had. */
  async kill(part: Part): Promise<number> {
    const pid = await this.pidOf(part);
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  /** Waits until a part that was killed runs again, as another process, and everything is ready. */
  async isBack(part: Part, killedPid: number): Promise<void> {
    await eventually(
      `${part} is back`,
      async () => (await this.pidOf(part)) !== killedPid && (await this.isReady()),
      BACK_WITHIN_MS,
    );
  }

  /** Keeps a part from running, however often it is started again, until something is seen. */
  async keepAway(part: Part, isSeen: () => Promise<boolean>): Promise<void> {
    const pid = await this.pidOf(part);
    const command = (await allProcesses()).find((one) => one.pid === pid)?.command;
    await eventually(`what happens without ${part}`, async () => {
      crash((await allProcesses()).filter((one) => one.command === command));
      return isSeen();
    });
  }

  /** A secret that `npm start` has made for itself. */
  async secret(name: 'MESSENGER_PAGE_ID'): Promise<string> {
    const secrets = JSON.parse(await readFile(join(this.dataFolder, 'secrets.json'), 'utf8')) as Record<string, string>;
    return secrets[name] ?? '';
  }

  /** Every process that belongs to it, the supervisor and its guard included. */
  processes(): Promise<Process[]> {
    return familyOf(this.supervisorPid);
  }

  /** Ends everything at the same moment, as a power cut would. */
  async killEverything(): Promise<void> {
    const processes = await this.processes();
    crash(processes);
    await eventually('everything has ended', async () => (await survivorsOf(processes)).length === 0);
  }

  /** Asks it to stop, as Ctrl-C does; gives the exit code and what is left of it, which should be nothing. */
  async stop(signal: 'SIGINT' | 'SIGTERM'): Promise<{ code: number | null; left: string[] }> {
    const processes = await this.processes();
    const { supervisor } = this;
    process.kill(this.supervisorPid, signal);
    await eventually('it has stopped', async () => supervisor?.exitCode !== null, STOPPED_WITHIN_MS);
    const left = [
      ...(await survivorsOf(processes)).map(({ pid, command }) => `process ${pid}: ${command}`),
      ...(await this.takenPorts()).map((name) => `port of ${name}`),
      ...(existsSync(this.recordsFile) ? [this.recordsFile] : []),
    ];
    return { code: supervisor?.exitCode ?? null, left };
  }

  /** Ends whatever runs, however the tests went, and removes the data. */
  async remove(): Promise<void> {
    if (this.supervisor?.exitCode === null && this.supervisor.signalCode === null) await this.killEverything();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  private get supervisorPid(): number {
    if (this.supervisor?.pid === undefined) throw new Error('it was not started');
    return this.supervisor.pid;
  }

  private get recordsFile(): string {
    return join(this.dataFolder, 'processes.json');
  }

  private async takenPorts(): Promise<string[]> {
    const looked = await Promise.all(
      PORTS.map(async (name) => ((await isPortFree(this.ports[name], HOST)) ? [] : [name])),
    );
    return looked.flat();
  }
}
