import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A value of JSON in which anything may be replaced, removed, repeated or nested. */
export function mutated(value: unknown, random: () => number): unknown {
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
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Bytes flipped, cut off or doubled, as no JSON writer would. */
export function broken(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let flips = Math.floor(random() * 4); flips > 0; flips -= 1) {
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
  }
  return random() < 0.2 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy;
}

/** What is still held after a full collection. */
export function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
