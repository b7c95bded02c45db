import fc from 'fast-check';
import { WrongShape, parseBody, readWebhook } from '../../../../src/channels/messenger/webhook';
import type { Incoming } from '../../../../src/domain/chat/events';
import { describeWithReference, referenceBytes, referenceFiles } from '../reference';
import { broken, memory, mutated, uniform } from './mutations';

const BODIES = 10_000;
const MEGABYTE = 1024 * 1024;
const FORTY_YEARS_MS = 40 * 365 * 24 * 3_600_000;

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
