import { z } from 'zod';
import { readBody } from '../api/body';
import type { Call, Operation } from '../api/call';
import { Refusal } from '../api/refusal';
import type { WebhookEvent } from '../state/webhook-records';
import type { World } from '../state/world';
import { certificateUrl } from './certificates';
import { newTransmission } from './publish';
import { rawMember } from './raw-member';
import { AUTH_ALGORITHM, isSigned, signedText } from './signature';

const USUAL_PAGE = 10;
const LARGEST_PAGE = 300;

const view = ({ body }: WebhookEvent): unknown => JSON.parse(body);

function eventOf(world: World, call: Call): WebhookEvent {
  const event = world.events.get(call.params['event_id'] ?? '');
  if (!event) throw new Refusal('INVALID_RESOURCE_ID');
  return event;
}

function timeOf(call: Call, name: string, otherwise: number): number {
  const given = call.query[name];
  const ms = given === undefined ? otherwise : Date.parse(given);
  if (Number.isNaN(ms)) throw new Refusal('VALIDATION_ERROR', [{ field: name, issue: 'Not a valid time' }]);
  return ms;
}

const list: Operation = {
  method: 'GET',
  path: '/v1/notifications/webhooks-events',
  dialect: 'webhooks',
  access: 'app',
  run(world, call) {
    const { transaction_id: about, event_type: type, page_size: size } = call.query;
    const [from, to] = [timeOf(call, 'start_time', 0), timeOf(call, 'end_time', Infinity)];
    const pageSize = Math.min(LARGEST_PAGE, Math.max(1, Number(size ?? USUAL_PAGE) || USUAL_PAGE));
    const events = world.events
      .values()
      .filter((event) => event.createdAt >= from && event.createdAt <= to)
      .filter((event) => (about === undefined || event.about === about) && (type === undefined || event.type === type))
      .reverse();
    return {
      status: 200,
      body: {
        events: events.slice(0, pageSize).map(view),
        count: events.length,
        links: [{ href: `${world.settings.baseUrl}${call.path}`, rel: 'self', method: 'GET' }],
      },
    };
  },
};

const get: Operation = {
  method: 'GET',
  path: '/v1/notifications/webhooks-events/{event_id}',
  dialect: 'webhooks',
  access: 'app',
  run: (world, call) => ({ status: 200, body: view(eventOf(world, call)) }),
};

const resendRequest = z.looseObject({ webhook_ids: z.array(z.string()).optional() });

const resend: Operation = {
  method: 'POST',
  path: '/v1/notifications/webhooks-events/{event_id}/resend',
  dialect: 'webhooks',
  access: 'app',
  run(world, call) {
    const event = eventOf(world, call);
    const { webhook_ids: ids } = readBody(call, resendRequest);
    const listeners = world.listeners
      .values()
      .filter(({ id, events }) => (ids ? ids.includes(id) : events.includes('*') || events.includes(event.type)));
    // A new transmission replaces the old one: new id, new time, a fresh count of attempts.
    const others = event.transmissions.filter(({ listenerId }) => !listeners.some(({ id }) => id === listenerId));
    event.transmissions = [...others, ...listeners.map((listener) => newTransmission(world, listener))];
    world.events.set(event.id, event);
    world.undelivered.add(event.id);
    return { status: 202, body: view(event) };
  },
};

const verifyRequest = z.looseObject({
  auth_algo: z.string(),
  cert_url: z.string(),
  transmission_id: z.string(),
  transmission_sig: z.string(),
  transmission_time: z.string(),
  webhook_id: z.string().regex(/^[a-zA-Z0-9]+$/),
  webhook_event: z.looseObject({}),
});

const verify: Operation = {
  method: 'POST',
  path: '/v1/notifications/verify-webhook-signature',
  dialect: 'webhooks',
  access: 'app',
  run(world, call) {
    const request = readBody(call, verifyRequest);
    const certificates = world.certificates.get('webhooks');
    const event = rawMember(call.rawBody, 'webhook_event') ?? '';
    const text = signedText(request.transmission_id, request.transmission_time, request.webhook_id, event);
    const genuine =
      certificates !== undefined &&
      request.auth_algo === AUTH_ALGORITHM &&
      request.cert_url === certificateUrl(world, certificates) &&
      world.listeners.has(request.webhook_id) &&
      isSigned(text, request.transmission_sig, certificates.certificate);
    return { status: 200, body: { verification_status: genuine ? 'SUCCESS' : 'FAILURE' } };
  },
};

export const EVENT_OPERATIONS: readonly Operation[] = [list, get, resend, verify];
