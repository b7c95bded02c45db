import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** From a fast read to the longest wait for a provider, in seconds. */
const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the application counts about itself. No label holds an id, a name or anything else of a person. */
export type Metrics = ReturnType<typeof createMetrics>;

/** The metrics of one process, in a registry of their own so that tests and parts do not share counters. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    /** Events in accepted webhooks, by provider and our kind of event. */
    webhookEvents: new Counter({
      name: 'webhook_events_total',
      help: 'Events received in webhooks',
      labelNames: ['provider', 'kind'] as const,
      registers,
    }),
    /** Events that nothing handles, so that a new kind of the provider is noticed. Kinds pass {@link boundedLabel}. */
    webhookIgnored: new Counter({
      name: 'webhook_ignored_total',
      help: 'Events that no code handles',
      labelNames: ['provider', 'kind'] as const,
      registers,
    }),
    /** Webhooks answered with an error, by status. */
    webhookRefused: new Counter({
      name: 'webhook_refused_total',
      help: 'Webhooks answered with an error',
      labelNames: ['provider', 'status'] as const,
      registers,
    }),
    /** What became of messages in the outbox. */
    outboxMessages: new Counter({
      name: 'outbox_messages_total',
      help: 'Messages by what became of them',
      labelNames: ['speaker', 'state'] as const,
      registers,
    }),
    /** People who wait for a rep at this moment. */
    handoffWaiting: new Gauge({
      name: 'handoff_waiting',
      help: 'Conversations that wait for a rep',
      registers,
    }),
    /** Actions of reps that were refused, by the code of the refusal. */
    actionRefusals: new Counter({
      name: 'action_refusals_total',
      help: 'Actions of reps that were refused',
      labelNames: ['action', 'code'] as const,
      registers,
    }),
    /** Seconds until an answer was sent, by route pattern. */
    httpDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer requests',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: SECONDS,
      registers,
    }),
    /** Seconds of calls to providers, by outcome: `ok` or one of the six of a failure. */
    providerCalls: new Histogram({
      name: 'provider_call_duration_seconds',
      help: 'Calls to providers by outcome',
      labelNames: ['provider', 'operation', 'outcome'] as const,
      buckets: SECONDS,
      registers,
    }),
  };
}

/** More kinds than a provider has, and few enough for a registry. */
const MOST_VALUES = 50;
const PLAIN = /^[A-Za-z0-9_.-]{1,60}$/;

/**
 * Makes a label of a text that comes from outside: the first {@link MOST_VALUES} plain words stand for themselves,
 * everything else is `other`. Otherwise a stranger could fill the memory with labels.
 */
export function boundedLabel(): (text: string) => string {
  const seen = new Set<string>();
  return (text) => {
    if (seen.has(text)) return text;
    if (!PLAIN.test(text) || seen.size >= MOST_VALUES) return 'other';
    seen.add(text);
    return text;
  };
}
