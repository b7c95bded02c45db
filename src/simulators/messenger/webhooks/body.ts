import type { JsonObject } from '../people/message';
import { escapeAsMeta } from './escape';
import type { PendingEvent } from './event';
import { signBody } from './signature';

/** Headers of every webhook besides the signatures. */
const PLAIN_HEADERS = {
  'content-type': 'application/json',
  accept: '*/*',
  'user-agent': 'facebookexternalua',
};

/** The body of one delivery: what the owner of a thread hears under `messaging`, what a bystander hears under `standby`. */
export function bodyOf(pageId: string, events: readonly PendingEvent[], realNow: number): Buffer {
  const ofChannel = (channel: PendingEvent['channel']): JsonObject[] => {
    const list = events.filter((event) => event.channel === channel).map(({ event }) => event);
    return list.length === 0 ? [] : [{ id: pageId, time: realNow, [channel]: list }];
  };
  return bytesOf({ object: 'page', entry: [...ofChannel('messaging'), ...ofChannel('standby')] });
}

/** Any value as the platform writes it. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.from(escapeAsMeta(JSON.stringify(body)), 'utf8');
}

/** The headers that go with a body. */
export function webhookHeaders(body: Buffer, appSecret: string): Record<string, string> {
  return { ...PLAIN_HEADERS, ...signBody(body, appSecret) };
}
