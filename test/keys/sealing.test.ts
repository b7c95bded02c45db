import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { DataKey, KeyRing, openWith, sealWith, UnknownKey, Unreadable } from '../../src/keys';

const old = { id: 'old', key: randomBytes(32) };
const young = { id: 'young', key: randomBytes(32) };

describe('What is sealed under a key ring', () => {
  const ring = new KeyRing([old]);

  test('opens to the same bytes for the same place, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, place) => {
        const plaintext = Buffer.from(bytes);
        expect(openWith(ring, sealWith(ring, plaintext, place), place)).toEqual(plaintext);
      }),
    );
  });

  test('differs every time, so that equal texts do not show', () => {
    expect(sealWith(ring, Buffer.from('same'), 'x')).not.toEqual(sealWith(ring, Buffer.from('same'), 'x'));
  });

  test('does not open in another place', () => {
    const sealed = sealWith(ring, Buffer.from('secret'), 'here');
    expect(() => openWith(ring, sealed, 'there')).toThrow(Unreadable);
  });

  test('does not open once any bit of it was changed', () => {
    const sealed = sealWith(ring, Buffer.from('a secret'), 'here');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openWith(ring, changed, 'here')).toThrow();
    }
  });

  test('does not open once it was cut, down to nothing', () => {
    const sealed = sealWith(ring, Buffer.from('a secret'), 'here');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => openWith(ring, sealed.subarray(0, length), 'here')).toThrow();
    }
  });

  test('opens after a new key was put in front of the ring', () => {
    const sealed = sealWith(ring, Buffer.from('kept'), 'here');
    const rotated = new KeyRing([young, old]);
    expect(openWith(rotated, sealed, 'here').toString()).toBe('kept');
    expect(sealWith(rotated, Buffer.from('new'), 'here').includes('young')).toBe(true);
  });

  test('names its key when the ring does not have it any more', () => {
    const sealed = sealWith(ring, Buffer.from('lost'), 'here');
    const error = catchError(() => openWith(new KeyRing([young]), sealed, 'here'));
    expect(error).toBeInstanceOf(UnknownKey);
    expect((error as UnknownKey).keyId).toBe('old');
  });

  test('is not taken for sealed under another key that has the same id', () => {
    const sealed = sealWith(ring, Buffer.from('x'), 'here');
    expect(() => openWith(new KeyRing([{ ...young, id: 'old' }]), sealed, 'here')).toThrow(Unreadable);
  });
});

describe("A person's data key", () => {
  const ring = new KeyRing([old]);

  test('seals texts for a place and opens them there and nowhere else', () => {
    const key = DataKey.create();
    const sealed = key.seal('Zoë 👋', 'links|1|name');
    expect(key.open(sealed, 'links|1|name')).toBe('Zoë 👋');
    expect(() => key.open(sealed, 'links|2|name')).toThrow(Unreadable);
    expect(() => DataKey.create().open(sealed, 'links|1|name')).toThrow(Unreadable);
  });

  test('comes back from its wrapped form, under a rotated ring too', () => {
    const key = DataKey.create();
    const wrapped = key.wrap(ring, 'people|1');
    const again = DataKey.unwrap(new KeyRing([young, old]), wrapped, 'people|1');
    expect(again.open(key.seal('text', 'x'), 'x')).toBe('text');
  });

  test('cannot be unwrapped for another person', () => {
    const wrapped = DataKey.create().wrap(ring, 'people|1');
    expect(() => DataKey.unwrap(ring, wrapped, 'people|2')).toThrow(Unreadable);
  });

  test('does not take for its own what the ring sealed', () => {
    const sealed = sealWith(ring, Buffer.from('x'), 'place');
    expect(() => DataKey.create().open(sealed, 'place')).toThrow('unknown format');
  });
});

function catchError(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
