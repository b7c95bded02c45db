import type { Guard } from '../../src/local/processes/guard';
import type { EndableProcess } from '../../src/local/processes/endable';

/** What the tests' servers left in this process, for the end of the run and for the next run of a watch. */
export interface RunningServers {
  readonly guard: Guard;
  readonly processes: readonly EndableProcess[];
  readonly folder: string;
}

const KEY = Symbol.for('paypal-in-messenger.test-servers');

/** Jest loads the files of set-up and teardown apart from each other: only the global object is one. */
const shared = globalThis as { [KEY]?: RunningServers };

/** The servers that run, if any. */
export function runningServers(): RunningServers | undefined {
  return shared[KEY];
}

/** Remembers the servers that run, or that none does. */
export function rememberServers(servers: RunningServers | undefined): void {
  if (servers === undefined) delete shared[KEY];
  else shared[KEY] = servers;
}
