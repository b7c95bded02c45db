import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { ApplicationFailure, CompleteAsyncError } from '@temporalio/common';
import { OpenTelemetryActivityInboundInterceptor } from '@temporalio/interceptors-opentelemetry';
import type { Log, LogFields } from '../observability';

/**
 * Runs every activity in a span below the request that led to it. The client of this room puts the trace into the
 * headers of starts, signals and updates, the workflows' interceptor copies them to the activities they schedule, and
 * from there `traceHeaders()` takes them to the providers.
 */
export const traceActivities: ActivityInterceptorsFactory = (context) => ({
  inbound: new OpenTelemetryActivityInboundInterceptor(context),
});

/**
 * Writes one line for every attempt of an activity, with the trace, so that looking for the id of a webhook's trace
 * shows all that followed from it. Stands after {@link traceActivities}. Failed attempts are written by the SDK too,
 * which does not know what an outcome means to us.
 */
export function logActivities(log: Log): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const from = Date.now();
        const write = (outcome: LogFields['outcome']): void =>
          log.info('activity attempted', {
            activityType: info.activityType,
            attempt: info.attempt,
            durationMs: Date.now() - from,
            outcome,
            workflowId: info.workflowExecution?.workflowId,
          });
        try {
          const result = await next(input);
          write('done');
          return result;
        } catch (error) {
          write(outcomeOf(error));
          throw error;
        }
      },
    },
  });
}

function outcomeOf(error: unknown): string {
  if (error instanceof CompleteAsyncError) return 'waits';
  return error instanceof ApplicationFailure && error.type ? error.type : 'failed';
}
