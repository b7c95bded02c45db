import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Log } from '../../../src/observability';
import { workerRuntime } from '../../../src/observability/worker-runtime';

let installed = false;

/** Sets up Temporal's runtime, once per file of tests: its log goes to ours, or is left out up to errors. */
export function quietRuntime(log: Log | undefined): void {
  if (installed) return;
  installed = true;
  if (log) workerRuntime(log);
  else Runtime.install({ logger: new DefaultLogger('ERROR') });
}
