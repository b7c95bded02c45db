import fc from 'fast-check';
import { parseBody, readWebhook } from '../../../../src/channels/messenger/webhook';
import type { PersonAct } from '../../../../src/domain/chat/events';

const PAGE = '106378625516323';
const NOW = 1_764_000_000_000;

/** What a person may do, the n-th time, as Messenger writes it. */
const CONTENTS: ((n: string) => object)[] = [
  (n) => ({ message: { mid: `m_${n}`, text: `text ${n}` } }),
  (n) => ({ message: { mid: `m_${n}`, text: 'Yes', quick_reply: { payload: `yes:${n}` } } }),
  (n) => ({ postback: { title: 'Send', payload: 'menu:send', ...(n.endsWith('1') ? { mid: `m_${n}` } : {}) } }),
  (n) => ({ message_edit: { mid: `m_${n}`, text: 'better', num_edit: 1 } }),
  (n) => ({ message: { mid: `m_${n}`, is_deleted: true } }),
  (n) => ({ reaction: { mid: `m_${n}`, action: 'react', emoji: '👍' } }),
  () => ({ account_linking: { status: 'unlinked' } }),
];

const acts = fc.array(fc.nat(CONTENTS.length - 1), { minLength: 1, maxLength: 12 });

test('random events repeated, interleaved across people and batched at random give everybody’s own acts in order', () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat(999)), (people, stream) => {
      const random = (below: number) => (stream.next().value as number) % below;
      const threads = people.map((kinds, person) => kinds.map((kind, n) => itemOf(kind, person, n)));
      const orderly = threadsOf(threads.flat().map((item) => [item]));
      expect(threadsOf(batched(interleaved(threads, random), random))).toEqual(orderly);
      expect([...orderly.values()].map((thread) => thread.length)).toEqual(people.map((kinds) => kinds.length));
    }),
    { seed: 20_261_124, numRuns: 500 },
  );
});

function itemOf(kind: number, person: number, n: number): object {
  const content = CONTENTS[kind]?.(`${person}_${n}`) ?? {};
  return { sender: { id: `500${person}` }, recipient: { id: PAGE }, timestamp: NOW + n, ...content };
}

/** Everybody's items in their own order, and any of those already sent once more. */
function interleaved(threads: object[][], random: (below: number) => number): object[] {
  const rest = threads.map((thread) => [...thread]);
  const sent: object[] = [];
  for (;;) {
    const waiting = rest.filter((thread) => thread.length > 0);
    const next = waiting[random(Math.max(1, waiting.length))]?.shift();
    if (next === undefined) return sent;
    sent.push(next);
    const again = sent[random(sent.length)];
    if (random(3) === 0 && again !== undefined) sent.push(again);
  }
}

function batched(items: object[], random: (below: number) => number): object[][] {
  const batches: object[][] = [];
  for (let at = 0; at < items.length;) {
    const size = 1 + random(6);
    batches.push(items.slice(at, at + size));
    at += size;
  }
  return batches;
}

/** Each person's acts, an event of a known key left out. */
function threadsOf(batches: object[][]): Map<string, PersonAct[]> {
  const known = new Set<string>();
  const threads = new Map<string, PersonAct[]>();
  for (const messaging of batches) {
    const entry = messaging.map((item) => ({ id: PAGE, time: NOW, messaging: [item] }));
    const body = { object: 'page', entry: messaging.length % 2 ? entry : [{ id: PAGE, time: NOW, messaging }] };
    for (const incoming of readWebhook(parseBody(Buffer.from(JSON.stringify(body))))) {
      if (incoming.kind !== 'event' || known.has(incoming.event.key)) continue;
      known.add(incoming.event.key);
      const { address } = incoming.event.source;
      threads.set(address, [...(threads.get(address) ?? []), incoming.event.act]);
    }
  }
  return new Map([...threads].toSorted(([one], [other]) => one.localeCompare(other)));
}
