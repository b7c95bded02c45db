export { activeTrace, startTracing, traceHeaders, withSpan } from './tracing';
export { createLog } from './log';
export type { Log, LogLevel, LogOptions } from './log';
export type { LogFields } from './log-fields';
export { boundedLabel, createMetrics } from './metrics';
export type { Metrics } from './metrics';
export { measureRequests, traceRequests } from './http';
