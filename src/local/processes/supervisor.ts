import type { Announce, EndableProcess, StartedProcess } from './endable';
import type { Guard } from './guard';
import { endProcess } from './identity';
import { removeRecords, writeRecords } from './records';

/** The waits before a part that died is started again; the last one repeats. */
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 15_000];

/** A part that ran this long was well: its next death begins with the shortest wait. */
const WELL_AFTER_MS = 60_000;

/** A part that dies so often before everything was ready cannot start at all. */
const DEATHS_BEFORE_READY = 3;

/** Something that can be started again and again. */
export interface Startable {
  readonly name: string;
  /** Starts it and resolves when it does its work. `announce` is told of its process as soon as there is one. */
  start(announce: Announce): Promise<StartedProcess>;
}

interface Supervised {
  readonly startable: Startable;
  current: EndableProcess | undefined;
  startedAt: number;
  deaths: number;
}

/** How a supervisor talks to the world. */
export interface SupervisorOptions {
  readonly guard: Guard;
  /** Where the running processes are written down for the next start. */
  readonly recordsFile: string;
  /** Tells the person at the terminal what happened. */
  readonly report: (line: string) => void;
  /** The waits before another start, in milliseconds; a test has shorter ones. */
  readonly backOffMs?: readonly number[];
}

/** Starts processes, keeps them running and ends them in the opposite order. */
export class Supervisor {
  private readonly all: Supervised[] = [];
  private stopping = false;
  private isReady = false;
  private giveUp: (reason: Error) => void = () => undefined;
  private readonly wakeUps = new Set<() => void>();
  /** The latest writing of the records: parts that start side by side are written down one after the other. */
  private recorded: Promise<void> = Promise.resolve();

  /** Rejects when a part dies again and again before everything was ready, or on a stop. Never resolves. */
  readonly failure = new Promise<never>((_, reject) => (this.giveUp = reject));

  constructor(private readonly options: SupervisorOptions) {
    // Whoever waits for readiness listens; afterwards nobody has to.
    this.failure.catch(() => undefined);
  }

  /** Starts one more process; from now on it is started again when it dies. */
  async start(startable: Startable): Promise<StartedProcess> {
    const supervised: Supervised = { startable, current: undefined, startedAt: 0, deaths: 0 };
    this.all.push(supervised);
    return this.launch(supervised);
  }

  /** Whether it has been told to stop. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** From now on a part that dies is started again for ever. */
  ready(): void {
    this.isReady = true;
  }

  /** Ends one process and starts it again, for a change in its code. */
  async restart(name: string): Promise<void> {
    const supervised = this.all.find(({ startable }) => startable.name === name);
    if (supervised === undefined || this.stopping) return;
    const { current } = supervised;
    supervised.current = undefined;
    if (current !== undefined) await end(current);
    if (!this.stopping) await this.launch(supervised);
  }

  /** Ends everything, the last started first, each in its own good order. Can be called twice. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.giveUp(new Error('It was stopped.'));
    for (const wakeUp of this.wakeUps) wakeUp();
    for (const supervised of this.all.toReversed()) {
      if (supervised.current !== undefined) await end(supervised.current);
    }
    await Promise.allSettled([this.options.guard.dismiss(), this.recorded]);
    await removeRecords(this.options.recordsFile);
  }

  /** Ends everything at once, for someone who does not want to wait. */
  kill(): void {
    this.stopping = true;
    for (const { current } of this.all) {
      if (current === undefined) continue;
      try {
        process.kill(current.pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    }
  }

  private async launch(supervised: Supervised): Promise<StartedProcess> {
    const started = await supervised.startable.start((spawned) => {
      supervised.current = spawned;
      if (this.stopping) void end(spawned);
      this.options.guard.watchOver(this.currentProcesses());
    });
    supervised.current = started;
    supervised.startedAt = Date.now();
    this.options.guard.watchOver(this.currentProcesses());
    await this.record();
    if (this.stopping) await end(started);
    void started.ended.then((how) => this.afterEnd(supervised, started, how));
    return started;
  }

  private record(): Promise<void> {
    const write = (): Promise<void> => writeRecords(this.options.recordsFile, this.currentProcesses());
    // Whoever started the part before hears when it could not be written down.
    this.recorded = this.recorded.then(write, write);
    return this.recorded;
  }

  private async afterEnd(supervised: Supervised, ended: StartedProcess, how: string): Promise<void> {
    if (this.stopping || supervised.current?.pid !== ended.pid) return;
    supervised.current = undefined;
    if (Date.now() - supervised.startedAt > WELL_AFTER_MS) supervised.deaths = 0;
    await this.bringBack(supervised, how);
  }

  private async bringBack(supervised: Supervised, how: string): Promise<void> {
    const { name } = supervised.startable;
    supervised.deaths += 1;
    if (!this.isReady && supervised.deaths >= DEATHS_BEFORE_READY) {
      this.giveUp(new Error(`${name} does not stay up (${how}).`));
      return;
    }
    const waits = this.options.backOffMs ?? BACK_OFF_MS;
    const wait = waits[Math.min(supervised.deaths, waits.length) - 1] ?? 0;
    this.options.report(`${name} ended unexpectedly (${how}) and is started again in ${wait / 1000} s`);
    await this.pause(wait);
    if (this.stopping || supervised.current !== undefined) return;
    try {
      await this.launch(supervised);
      this.options.report(`${name} is running again`);
    } catch (error) {
      await this.bringBack(supervised, error instanceof Error ? error.message : String(error));
    }
  }

  private currentProcesses(): EndableProcess[] {
    return this.all.toReversed().flatMap(({ current }) => (current === undefined ? [] : [withoutPromise(current)]));
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wakeUp = (): void => {
        clearTimeout(timer);
        this.wakeUps.delete(wakeUp);
        resolve();
      };
      const timer = setTimeout(wakeUp, ms);
      this.wakeUps.add(wakeUp);
    });
  }
}

function withoutPromise({ name, pid, marker, signal, graceMs }: EndableProcess): EndableProcess {
  return { name, pid, marker, signal, graceMs };
}

async function end({ pid, marker, signal, graceMs }: EndableProcess): Promise<void> {
  await endProcess(pid, marker, signal, graceMs);
}
