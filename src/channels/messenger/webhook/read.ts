import { createHash } from 'node:crypto';
import type { EventSource, Incoming, PersonEvent } from '../../../domain/chat/events';
import { ECHOED, READERS, enforcementOf } from './acts';
import { WrongShape } from './body';
import type { Fields } from '../fields';
import { field, idOf, objectOf, timeOf } from '../fields';
import { isEcho } from './message';
import { kindOf, nameOfChange } from './names';
import type { Reading } from './readings';
import { optional } from './readings';
import type { Ours } from './sides';
import { sidesOf } from './sides';

/** What the entry says about each of its items. */
interface Entry {
  id: string | undefined;
  time: unknown;
  standby: boolean;
  ours: Ours;
  /** When the body came in, in milliseconds: the time of items that have none. */
  now: number;
}

/**
 * Reads a webhook body into what we can decide on, item by item and in order: every entry with its `messaging`,
 * `standby` and `changes`. An item that cannot be read, or that we do nothing with, becomes `ignored` under a name to
 * count it by, and never holds back the others.
 * @param ours our page and application: who took a thread, and the sides of a body that leaves them open
 * @param now milliseconds since the epoch
 * @throws WrongShape when the body is no webhook body at all
 */
export function readWebhook(body: unknown, ours: Ours = {}, now = Date.now()): Incoming[] {
  const webhook = objectOf(body);
  const entries = webhook && field(webhook, 'entry');
  if (!webhook || typeof field(webhook, 'object') !== 'string' || !Array.isArray(entries)) {
    throw new WrongShape('the body has no object and entry');
  }
  if (field(webhook, 'object') !== 'page') return entries.map(() => ignored('other-object'));
  return entries.flatMap((entry: unknown) => readEntry(entry, ours, now));
}

function readEntry(raw: unknown, ours: Ours, now: number): Incoming[] {
  const entry = objectOf(raw);
  if (!entry) return [ignored('entry:malformed')];
  const about = { id: idOf(field(entry, 'id')), time: field(entry, 'time'), ours, now };
  const items = [
    ...listOf(entry, 'messaging').map((item) => readItem(item, { ...about, standby: false })),
    ...listOf(entry, 'standby').map((item) => readItem(item, { ...about, standby: true })),
    ...listOf(entry, 'changes').map((change) => readChange(change, about)),
  ];
  return items.length > 0 ? items : [ignored('entry:empty')];
}

function readChange(raw: unknown, about: Omit<Entry, 'standby'>): Incoming {
  const change = objectOf(raw);
  const subscribed = change && field(change, 'field');
  const value = change && objectOf(field(change, 'value'));
  const holdsItem = value && kindOf(value, READERS.keys()).known;
  return holdsItem
    ? readItem(value, { ...about, standby: subscribed === 'standby' })
    : ignored(nameOfChange(subscribed));
}

function readItem(raw: unknown, entry: Entry): Incoming {
  const item = objectOf(raw);
  if (!item) return ignored('item:malformed');
  const { kind } = kindOf(item, READERS.keys());
  const read = READERS.get(kind);
  if (!read) return ignored(kind, enforcementOf(item));
  const content = objectOf(field(item, kind) ?? field(item, kind.replaceAll('_', '-')));
  if (!content) return ignored(kind, 'malformed');
  const sides = sidesOf(item, entry.id, isEcho(item), entry.ours);
  if (sides.byPage && !ECHOED.has(kind)) return ignored(kind, 'by-page');
  if (sides.page === undefined || sides.person === undefined) return ignored(kind, 'no-person');
  const source = { page: sides.page, address: sides.person };
  const reading = read(content, { byPage: sides.byPage, appId: entry.ours.appId, now: entry.now });
  return toIncoming(reading, kind, source, item, entry);
}

function toIncoming(reading: Reading, kind: string, source: EventSource, item: Fields, entry: Entry): Incoming {
  const timestamp = field(item, 'timestamp');
  const at = timeOf(timestamp, entry.now) ?? timeOf(entry.time, entry.now) ?? entry.now;
  switch (reading.kind) {
    case 'ignored':
      return ignored(kind, reading.why);
    case 'receipt': {
      const { stage, messageIds, watermark = at } = reading;
      return { kind: 'receipt', receipt: { kind: stage, source, messageIds, watermark, at } };
    }
    case 'echo':
      return { kind: 'receipt', receipt: { ...reading, source, at } };
    case 'act': {
      const { act, messageId, key = keyOf(source, timestamp ?? entry.time, act) } = reading;
      const event: PersonEvent = { key, ...optional('messageId', messageId), source, at, act };
      return { kind: entry.standby ? 'standby' : 'event', event };
    }
  }
}

/**
 * The key of an event that Messenger gives no id: the same page, person, time and act are the same event. Hashed,
 * because keys are stored in the clear and an address is personal data. The time is taken as it was written, so that
 * the key does not depend on when we read it.
 */
function keyOf(source: EventSource, written: unknown, act: PersonEvent['act']): string {
  const parts = [source.page, source.address, idOf(written) ?? '', act.kind, act];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function listOf(entry: Fields, name: string): unknown[] {
  const list = field(entry, name);
  return Array.isArray(list) ? list : [];
}

function ignored(kind: string, why?: string): Incoming {
  return { kind: 'ignored', name: why === undefined ? kind : `${kind}:${why}` };
}
