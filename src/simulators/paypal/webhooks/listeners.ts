import { z } from 'zod';
import { readBody } from '../api/body';
import type { Call, Operation } from '../api/call';
import { Refusal } from '../api/refusal';
import { newResourceId } from '../state/ids';
import type { Listener } from '../state/webhook-records';
import type { World } from '../state/world';
import { EVENT_TYPES, isEventType } from './event-types';

/** PayPal allows ten webhooks for an application. */
const MOST_LISTENERS = 10;

const listenerRequest = z.looseObject({
  url: z.string().max(2048),
  event_types: z.array(z.looseObject({ name: z.string() })).max(500),
});

const patchRequest = z.array(z.looseObject({ op: z.string(), path: z.string(), value: z.unknown().optional() }));

const invalid = (field: string, issue: string): Refusal =>
  new Refusal('VALIDATION_ERROR', [{ field, location: 'body', issue }]);

/** PayPal wants https; a simulator on this machine also sends to addresses of this machine. */
function checkUrl(url: string): void {
  if (/^https:\/\/\S+$/.test(url) || /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/\S*)?$/.test(url))
    return;
  throw invalid('url', 'Not a valid webhook URL');
}

function checkEvents(names: string[]): void {
  const unknown = names.find((name) => !isEventType(name));
  if (unknown !== undefined) throw invalid('event_types', 'Not a valid event name');
}

const eventTypeViews = (names: string[]): { name: string; description?: string; status?: string }[] =>
  names.map((name) =>
    name in EVENT_TYPES
      ? { name, description: EVENT_TYPES[name as keyof typeof EVENT_TYPES][2], status: 'ENABLED' }
      : { name },
  );

function listenerView(world: World, { id, url, events }: Listener): Record<string, unknown> {
  const self = `${world.settings.baseUrl}/v1/notifications/webhooks/${id}`;
  return {
    id,
    url,
    event_types: eventTypeViews(events),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: self, rel: 'update', method: 'PATCH' },
      { href: self, rel: 'delete', method: 'DELETE' },
    ],
  };
}

function listenerOf(world: World, call: Call): Listener {
  const listener = world.listeners.get(call.params['webhook_id'] ?? '');
  if (!listener) throw new Refusal('INVALID_RESOURCE_ID');
  return listener;
}

const register: Operation = {
  method: 'POST',
  path: '/v1/notifications/webhooks',
  dialect: 'webhooks',
  access: 'app',
  run(world, call) {
    const { url, event_types: types } = readBody(call, listenerRequest);
    checkUrl(url);
    const events = types.map(({ name }) => name);
    checkEvents(events);
    if (world.listeners.values().some((listener) => listener.url === url)) {
      throw invalid('url', 'Webhook URL already exists');
    }
    if (world.listeners.size >= MOST_LISTENERS) throw invalid('url', 'Webhook number limit exceeded');
    const id = newResourceId();
    return { status: 201, body: listenerView(world, world.listeners.set(id, { id, url, events })) };
  },
};

const list: Operation = {
  method: 'GET',
  path: '/v1/notifications/webhooks',
  dialect: 'webhooks',
  access: 'app',
  run: (world) => ({
    status: 200,
    body: { webhooks: world.listeners.values().map((listener) => listenerView(world, listener)) },
  }),
};

const get: Operation = {
  method: 'GET',
  path: '/v1/notifications/webhooks/{webhook_id}',
  dialect: 'webhooks',
  access: 'app',
  run: (world, call) => ({ status: 200, body: listenerView(world, listenerOf(world, call)) }),
};

const update: Operation = {
  method: 'PATCH',
  path: '/v1/notifications/webhooks/{webhook_id}',
  dialect: 'webhooks',
  access: 'app',
  run(world, call) {
    const listener = { ...listenerOf(world, call) };
    for (const { op, path, value } of readBody(call, patchRequest)) {
      if (op !== 'replace') throw invalid('op', 'Only replace is supported');
      if (path === '/url' && typeof value === 'string') {
        checkUrl(value);
        listener.url = value;
      } else if (path === '/event_types') {
        const types = z.array(z.looseObject({ name: z.string() })).safeParse(value);
        if (!types.success) throw invalid('event_types', 'Not a valid event name');
        listener.events = types.data.map(({ name }) => name);
        checkEvents(listener.events);
      } else {
        throw invalid('path', 'Path is invalid');
      }
    }
    return { status: 200, body: listenerView(world, world.listeners.set(listener.id, listener)) };
  },
};

const remove: Operation = {
  method: 'DELETE',
  path: '/v1/notifications/webhooks/{webhook_id}',
  dialect: 'webhooks',
  access: 'app',
  run(world, call) {
    world.listeners.delete(listenerOf(world, call).id);
    return { status: 204 };
  },
};

const listenerEventTypes: Operation = {
  method: 'GET',
  path: '/v1/notifications/webhooks/{webhook_id}/event-types',
  dialect: 'webhooks',
  access: 'app',
  run: (world, call) => ({
    status: 200,
    body: { event_types: eventTypeViews(listenerOf(world, call).events) },
  }),
};

const allEventTypes: Operation = {
  method: 'GET',
  path: '/v1/notifications/webhooks-event-types',
  dialect: 'webhooks',
  access: 'app',
  run: () => ({ status: 200, body: { event_types: eventTypeViews(Object.keys(EVENT_TYPES)) } }),
};

export const LISTENER_OPERATIONS: readonly Operation[] = [
  register,
  list,
  get,
  update,
  remove,
  listenerEventTypes,
  allEventTypes,
];
