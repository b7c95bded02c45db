import type { Request, RequestHandler } from 'express';
import { context, trace } from '@opentelemetry/api';
import type { Metrics } from './metrics';

/**
 * Begins a trace with every request. A `traceparent` from outside is ignored: a stranger must not choose the id under
 * which our logs are searched, nor glue unrelated requests together.
 */
export function traceRequests(): RequestHandler {
  const tracer = trace.getTracer('http');
  return (request, response, next) => {
    const span = tracer.startSpan(`HTTP ${request.method}`, { root: true });
    response.once('close', () => span.end());
    context.with(trace.setSpan(context.active(), span), next);
  };
}

/** Measures how long each route takes to answer, by the route's pattern and never by the path, which holds ids. */
export function measureRequests(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const end = metrics.httpDuration.startTimer({ method: request.method });
    response.once('close', () => end({ route: routeOf(request), status: String(response.statusCode) }));
    next();
  };
}

function routeOf(request: Request): string {
  const route = request.route as { path: unknown } | undefined;
  return typeof route?.path === 'string' ? `${request.baseUrl}${route.path}` : 'none';
}
