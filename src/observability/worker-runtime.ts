import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { LogEntry } from '@temporalio/worker';
import type { Log, LogLevel } from './log';

const LEVELS: Record<LogEntry['level'], LogLevel> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/**
 * Sends what Temporal's SDK, its core and `log` inside workflows and activities write into our log. Call once per
 * process, before the first connection of a worker. Without `shutdownSignals` the caller ends its workers itself.
 */
export function workerRuntime(log: Log, shutdownSignals: NodeJS.Signals[] = []): Runtime {
  return Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      log.foreign(LEVELS[level], message, { ...meta, component: meta?.['sdkComponent'] });
    }),
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'WARN' } } },
    shutdownSignals,
  });
}
