import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { WrongShape, parseBody, readWebhook } from '../../../../src/channels/messenger/webhook';
import type { Incoming } from '../../../../src/domain/chat/events';
import { describeWithReference, referenceBytes, referenceFiles } from '../reference';

const BODIES = 10_000;
const MEGABYTE = 1024 * 1024;
const FORTY_YEARS_MS = 40 * 365 * 24 * 3_600_000;

/** A value of JSON in which anything may be replaced, removed, repeated or nested. */
function mutated(value: unknown, random: () => number): unknown {
  const dice = Math.floor(random() * 60);
  if (dice === 0) return STRANGE[Math.floor(random() * STRANGE.length)];
  if (dice === 1) return [value, value];
  if (dice === 2) return { value };
  if (Array.isArray(value)) return value.flatMap((each) => (random() < 0.03 ? [] : [mutated(each, random)]));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, each]) => {
    if (random() < 0.03) return [];
    const name =
      random() < 0.03
        ? String(JSON.stringify(STRANGE[Math.floor(random() * STRANGE.length)]))
            .replaceAll('"', '')
            .slice(0, 40)
        : key;
    return [[name, mutated(each, random)] as const];
  });
  return Object.fromEntries(entries);
}

const STRANGE: unknown[] = [
  null, '', ' ', 0, -1, 1e308, 2 ** 60, true, [], {}, '__proto__', 'constructor', 'toString', '\0', '\ud800',
  'x'.repeat(5_000), { id: {} }, { id: [] }, [[]], [null], '<b>', '9'.repeat(400), NaN,
]; // prettier-ignore

/** Seeded numbers in [0, 1), evenly spread (mulberry32): fast-check's own doubles prefer the edges. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Bytes flipped, cut off or doubled, as no JSON writer would. */
function broken(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let flips = Math.floor(random() * 4); flips > 0; flips -= 1) {
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
  }
  return random() < 0.2 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy;
}

describeWithReference('mutated bodies', () => {
  test('ten thousand of them are read or refused as no body, never an error, and leave no memory behind', () => {
    const recorded = referenceFiles('webhooks').map((file) => referenceBytes(`webhooks/${file}`));
    const counts = { read: 0, refused: 0, items: 0 };
    const names = new Set<string>();
    const before = memory();
    fc.assert(
      fc.property(fc.nat(recorded.length - 1), fc.integer(), (index, seed) => {
        const random = uniform(seed);
        const original = recorded[index] ?? Buffer.alloc(0);
        const value = mutated(JSON.parse(original.toString('utf8')), random);
        const bytes = Buffer.from(JSON.stringify(value) ?? '');
        try {
          const incoming = readWebhook(parseBody(random() < 0.3 ? broken(bytes, random) : bytes));
          counts.read += 1;
          counts.items += incoming.length;
          incoming.forEach((each) => checked(each, names));
        } catch (error) {
          if (!(error instanceof WrongShape)) throw error;
          counts.refused += 1;
        }
      }),
      { seed: 20_261_124, numRuns: BODIES },
    );
    expect(counts.read + counts.refused).toBe(BODIES);
    expect(counts.read).toBeGreaterThan(BODIES / 2);
    expect(counts.refused).toBeGreaterThan(500);
    expect(names.size).toBeLessThan(150);
    expect(memory() - before).toBeLessThan(50 * MEGABYTE);
  });

  test('a body of four megabytes of nothing but nesting, quotes or digits is read or refused quickly', () => {
    const size = 4 * MEGABYTE;
    const bodies = [
      '['.repeat(size),
      '"\\'.repeat(size / 2),
      `[${'9'.repeat(size)}]`,
      `{"a":"${'\\"'.repeat(size / 2)}"}`,
      `[${'"1",1234567890123456,'.repeat(size / 21)}1]`,
    ];
    const begin = performance.now();
    for (const body of bodies) {
      expect(() => readWebhook(parseBody(Buffer.from(body)))).toThrow(WrongShape);
    }
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

/** Whatever came in, what goes on is well formed and of bounded size. */
function checked(incoming: Incoming, names: Set<string>): void {
  if (incoming.kind === 'ignored') {
    names.add(incoming.name);
    expect(incoming.name).toMatch(/^[a-z_:-]{1,60}$/);
    return;
  }
  const about = incoming.kind === 'receipt' ? incoming.receipt : incoming.event;
  expect(about.source.address.length).toBeLessThanOrEqual(255);
  expect(about.source.page.length).toBeLessThanOrEqual(255);
  expect(about.at).toBeGreaterThan(0);
  expect(about.at).toBeLessThan(Date.now() + FORTY_YEARS_MS);
  if (incoming.kind !== 'receipt') expect(incoming.event.key).toMatch(/^.{1,320}$/s);
  const written = JSON.stringify(incoming);
  expect(written.length).toBeLessThan(100_000);
  expect(written).not.toMatch(/\\u0000|\\ud[89a-f]/);
}

/** What is still held after a full collection. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
