import { randomUUID } from 'node:crypto';
import { newEventId } from '../state/ids';
import { isoTime } from '../state/world';
import type { World } from '../state/world';
import type { Listener, Transmission, WebhookEvent } from '../state/webhook-records';
import { EVENT_TYPES } from './event-types';
import type { EventType } from './event-types';

/** Events come a moment after the answer of the call that caused them, in milliseconds. */
const FIRST_DELIVERY_MS = 100;

/** What happened, for {@link publish}. */
export interface Happening {
  type: EventType;
  /** Id of what it is about; a search by transaction finds it. */
  about: string;
  summary: string;
  resource: unknown;
}

/** Writes an event down and sends it on its way to every listener that wants it. */
export function publish(world: World, { type, about, summary, resource }: Happening): WebhookEvent {
  const id = newEventId();
  const [resourceType, resourceVersion] = EVENT_TYPES[type];
  const self = `${world.settings.baseUrl}/v1/notifications/webhooks-events/${id}`;
  const body = JSON.stringify({
    id,
    event_version: '1.0',
    create_time: new Date(world.now()).toISOString(),
    resource_type: resourceType,
    resource_version: resourceVersion,
    event_type: type,
    summary,
    resource,
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/resend`, rel: 'resend', method: 'POST' },
    ],
  });
  const listeners = world.listeners.values().filter(({ events }) => events.includes('*') || events.includes(type));
  const transmissions = listeners.map((listener) => newTransmission(world, listener));
  const event: WebhookEvent = { id, type, about, createdAt: world.now(), body, transmissions };
  if (transmissions.length > 0) world.undelivered.add(id);
  return world.events.set(id, event);
}

/** A fresh way of an event to a listener. Its time is real: receivers compare it with their own clock. */
export function newTransmission(world: World, listener: Listener): Transmission {
  return {
    listenerId: listener.id,
    id: randomUUID(),
    time: isoTime(Date.now()),
    status: 'PENDING',
    attempts: 0,
    nextAt: world.now() + FIRST_DELIVERY_MS,
  };
}
