import { join, resolve } from 'node:path';
import { requireFreePorts } from '../ports';
import { startGuard } from '../processes/guard';
import { startNodePart } from '../processes/node-part';
import { clearLeftovers } from '../processes/records';
import { Supervisor } from '../processes/supervisor';
import { localSecrets } from '../secrets';
import type { SearchAttributeToRegister } from '../temporal-server';
import { provideDatabases } from './databases';
import { environmentForParts } from './environment';
import { placesIn } from './places';
import type { Places } from './places';
import { portsNeeded } from './ports-needed';
import { waitUntilReady } from './readiness';
import { reachableHost } from './settings';
import type { LocalSettings } from './settings';
import { onStopSignals } from './stop-signals';
import { provideTemporal } from './temporal';
import { welcome } from './welcome';

/** Does one step and says so, with its seconds. */
export type Step = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/** A part of the application: its name and its compiled entry, relative to the project. */
export interface Part {
  readonly name: string;
  readonly script: string;
}

/** What is to be started, and what the start needs to know. */
export interface StartOptions {
  /** The folder of the project. */
  readonly projectRoot: string;
  readonly settings: LocalSettings;
  /** What the parts inherit. */
  readonly baseEnvironment: NodeJS.ProcessEnv;
  /** In the order of the start; everything stops in the opposite order. */
  readonly parts: readonly Part[];
  readonly searchAttributes: readonly SearchAttributeToRegister[];
  /** What is left to do once the parts run, in their environment, before work is done: also after a restart. */
  readonly afterParts: (environment: NodeJS.ProcessEnv) => Promise<void>;
  /** What the parts need besides compiled code, on its way: pages and workflow bundle. */
  readonly assets: Promise<unknown>;
  readonly step: Step;
  readonly report: (line: string) => void;
}

/** Everything runs. */
export interface RunningEverything {
  /** Ends one part and starts it again. */
  readonly restart: (part: string) => Promise<void>;
  /** Resolves when everything has stopped because somebody asked for it. */
  readonly stopped: Promise<void>;
}

/**
 * Starts everything that is not somebody else's and resolves when it is ready for use: databases and Temporal side by
 * side, then the parts, then the wait for the application's readiness. Parts that die are started again. Ctrl-C and
 * SIGTERM stop everything in the opposite order, also half-way; if this process is killed, its guard does.
 *
 * @throws Error with sentences for the person at the terminal; whatever had started is ended by then.
 */
export async function startEverything(options: StartOptions): Promise<RunningEverything> {
  const { projectRoot, settings, report } = options;
  const places = placesIn(projectRoot, settings.DATA_DIR);
  const leftovers = await clearLeftovers(places.recordsFile);
  if (leftovers.length > 0) report(`  ✓ Ended what an earlier run left behind: ${leftovers.join(', ')}`);
  await requireFreePorts(portsNeeded(settings));

  const supervisor = new Supervisor({
    guard: startGuard(projectRoot),
    recordsFile: places.recordsFile,
    report: (line) => report(`  ${line}`),
  });
  const stopped = stopWhenAsked(supervisor, options);
  try {
    const environment = await Promise.race([bringUp(options, places, supervisor), supervisor.failure]);
    supervisor.ready();
    report(welcome(settings));
    const restart = async (part: string): Promise<void> => {
      await supervisor.restart(part);
      await options.afterParts(environment);
    };
    return { restart, stopped };
  } catch (error) {
    if (supervisor.isStopping) return { restart: () => Promise.resolve(), stopped };
    await supervisor.stop();
    throw withLogs(error, places);
  }
}

/** Gives the environment that the parts run in. */
async function bringUp(options: StartOptions, places: Places, supervisor: Supervisor): Promise<NodeJS.ProcessEnv> {
  const { settings, baseEnvironment, searchAttributes, step } = options;
  const [secrets, databases, temporalAddress] = await Promise.all([
    localSecrets(places.secretsFile),
    step('PostgreSQL', () => provideDatabases(settings, places, supervisor)),
    step('Temporal', () => provideTemporal(settings, searchAttributes, baseEnvironment, places, supervisor)),
    options.assets,
  ]);
  const environment = environmentForParts(baseEnvironment, settings, secrets, {
    dataFolder: places.dataFolder,
    databases,
    temporalAddress,
  });
  await step('Application', async () => {
    await startParts(options, environment, places, supervisor);
    await options.afterParts(environment);
    await waitUntilReady(`http://${reachableHost(settings.HOST)}:${settings.PORT}`);
  });
  return environment;
}

async function startParts(
  { projectRoot, parts, report }: StartOptions,
  environment: NodeJS.ProcessEnv,
  places: Places,
  supervisor: Supervisor,
): Promise<void> {
  for (const { name, script } of parts) {
    const part = { name, script: resolve(projectRoot, script), environment, logFile: places.logOf(name) };
    const onError = (line: string): void => report(`  ${name}: ${line}`);
    await supervisor.start({ name, start: (announce) => startNodePart(part, announce, onError) });
  }
}

function stopWhenAsked(supervisor: Supervisor, { baseEnvironment, report }: StartOptions): Promise<void> {
  return new Promise((tellStopped) => {
    const stop = (): void => {
      report('\n  Stopping (Ctrl-C again: at once)');
      void supervisor.stop().then(() => {
        stopListening();
        tellStopped();
      });
    };
    const force = (): void => {
      supervisor.kill();
      process.exit(130);
    };
    const stopListening = onStopSignals({ stop, force }, baseEnvironment['npm_lifecycle_event'] !== undefined);
  });
}

function withLogs(error: unknown, places: Places): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`${message}\nThe logs are in ${join(places.dataFolder, 'logs')}.`, { cause: error });
}
