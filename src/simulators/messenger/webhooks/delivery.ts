import { setTimeout as wait } from 'node:timers/promises';
import type { FaultEffect } from '../../control/faults';
import type { Exchange } from '../people/message';
import { bodyOf, webhookHeaders } from './body';
import type { EventField, PendingEvent } from './event';
import { postBytes } from './post';

/** How long a shuffled delivery is held, so that those of other people overtake it: milliseconds. */
const HELD_AT_LEAST_MS = 100;
const HELD_AT_MOST_MS = 600;

/** Events the platform gives no promise about: once lost they are not sent again. What a person does is. */
const WITHOUT_PROMISE: ReadonlySet<EventField> = new Set(['message_echoes', 'message_deliveries', 'message_reads']);

/** How a delivery ended. */
export interface Delivered {
  readonly outcome: 'acknowledged' | 'failed' | 'lost';
  readonly exchange: Exchange;
}

/** Where deliveries go and how they are signed. */
export interface Destination {
  readonly url: string;
  readonly pageId: string;
  readonly appSecret: string;
}

/** The effect of a fault on a delivery; errors in the platform's terms make no sense here. */
export type DeliveryFault = FaultEffect<unknown>;

/**
 * Makes one delivery of one or more events, as a fault would have it. Never throws: whatever is not a 200 failed, and
 * is redelivered by the caller.
 */
export async function deliver(
  to: Destination,
  events: readonly PendingEvent[],
  fault: DeliveryFault | undefined,
  signal: AbortSignal,
): Promise<Delivered> {
  const body = bodyOf(to.pageId, events, Date.now());
  try {
    await hold(fault, signal);
  } catch {
    return { outcome: 'failed', exchange: exchangeOf(to, body, Date.now(), null, 'stopped') };
  }
  if (fault?.dropRequest) {
    const lost = events.every(({ field }) => WITHOUT_PROMISE.has(field));
    return { outcome: lost ? 'lost' : 'failed', exchange: exchangeOf(to, body, Date.now(), null, 'lost on the way') };
  }
  if (fault?.status !== undefined || fault?.error !== undefined) {
    const status = fault.status ?? 500;
    const exchange = exchangeOf(to, body, Date.now(), status, 'never reached the application');
    return { outcome: status === 200 ? 'acknowledged' : 'failed', exchange };
  }
  if (fault?.duplicate) await attempt(to, body, signal);
  const exchange = await attempt(to, body, signal);
  const acknowledged = exchange.status === 200 && !fault?.dropResponse;
  return { outcome: acknowledged ? 'acknowledged' : 'failed', exchange };
}

async function hold(fault: DeliveryFault | undefined, signal: AbortSignal): Promise<void> {
  const shuffled = fault?.shuffle ? HELD_AT_LEAST_MS + Math.random() * (HELD_AT_MOST_MS - HELD_AT_LEAST_MS) : 0;
  const held = (fault?.delayMs ?? 0) + shuffled;
  if (held > 0) await wait(held, undefined, { signal });
}

async function attempt(to: Destination, body: Buffer, signal: AbortSignal): Promise<Exchange> {
  const begin = Date.now();
  try {
    const answer = await postBytes(to.url, body, webhookHeaders(body, to.appSecret), signal);
    return exchangeOf(to, body, begin, answer.status, answer.body);
  } catch (error) {
    return exchangeOf(to, body, begin, null, error instanceof Error ? error.message : String(error));
  }
}

function exchangeOf(
  to: Destination,
  body: Buffer,
  begin: number,
  status: number | null,
  responseBody: string,
): Exchange {
  return {
    at: new Date(begin).toISOString(),
    method: 'POST',
    url: to.url,
    requestBody: body.toString('utf8'),
    status,
    responseBody,
    tookMs: Date.now() - begin,
  };
}
