import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { OpenTelemetryActivityInboundInterceptor } from '@temporalio/interceptors-opentelemetry';

/**
 * Runs every activity in a span below the request that led to it. The client of this room puts the trace into the
 * headers of starts, signals and updates, the workflows' interceptor copies them to the activities they schedule, and
 * from there `traceHeaders()` takes them to the providers.
 */
export const traceActivities: ActivityInterceptorsFactory = (context) => ({
  inbound: new OpenTelemetryActivityInboundInterceptor(context),
});
