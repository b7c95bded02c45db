import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, context, isSpanContextValid, propagation, trace } from '@opentelemetry/api';
import type { Attributes, Context, ContextManager } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';

const TRACER = 'paypal-in-messenger';

/** Keeps the active context through promises, timers and events of Node. */
class AsyncContextManager implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    active: Context,
    work: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(active, () => work.apply(self, args));
  }

  bind<T>(bound: Context, target: T): T {
    if (typeof target !== 'function') return target;
    return ((...args: unknown[]) => this.#storage.run(bound, () => Reflect.apply(target, undefined, args))) as T;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.#storage.disable();
    return this;
  }
}

/**
 * Switches tracing on for this process. Spans are not exported: their ids stand in the logs of every part and in the
 * calls to providers, which is enough to follow one message through all of them. Calling it again changes nothing.
 */
export function startTracing(): void {
  if (!context.setGlobalContextManager(new AsyncContextManager())) return;
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(new BasicTracerProvider());
}

/** The active trace and span, as they stand in logs; undefined outside of any. */
export function activeTrace(): { traceId: string; spanId: string } | undefined {
  const active = trace.getSpanContext(context.active());
  if (!active || !isSpanContextValid(active)) return undefined;
  return { traceId: active.traceId, spanId: active.spanId };
}

/** `traceparent` for a call to another server, so that it can be found there too; empty outside of any trace. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/**
 * Runs the work in a span of its own, below the active one; `root` begins a new trace.
 * Attributes are never personal: ids, kinds and counts.
 */
export async function withSpan<T>(
  name: string,
  work: () => Promise<T>,
  { attributes = {}, root = false }: { attributes?: Attributes; root?: boolean } = {},
): Promise<T> {
  const span = trace.getTracer(TRACER).startSpan(name, { attributes, root });
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } finally {
    span.end();
  }
}
