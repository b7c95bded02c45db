import { randomBytes } from 'node:crypto';
import { KeyRing, parseKeyRing, UnknownKey, WrongKeyRing } from '../../src/keys';

const key = () => randomBytes(32).toString('base64');

/** The message with which the text is refused. */
function refusal(text: string): string {
  try {
    parseKeyRing(text);
  } catch (error) {
    if (error instanceof WrongKeyRing) return error.message;
    throw error;
  }
  throw new Error('the key ring was accepted');
}

describe('A key ring', () => {
  test('encrypts with its first key and finds every one by its id', () => {
    const [first, second] = [key(), key()];
    const ring = parseKeyRing(`2026-02:${first}, 2026-01:${second}`);
    expect(ring.current).toEqual({ id: '2026-02', key: Buffer.from(first, 'base64') });
    expect(ring.find('2026-01').key).toEqual(Buffer.from(second, 'base64'));
  });

  test('takes keys with and without the padding of base64', () => {
    const padded = key();
    const ring = parseKeyRing(`a:${padded.replace(/=+$/, '')}`);
    expect(ring.current.key).toEqual(Buffer.from(padded, 'base64'));
  });

  test('names the id of a key that it does not have', () => {
    const ring = parseKeyRing(`a:${key()}`);
    expect(() => ring.find('gone')).toThrow(UnknownKey);
    expect(() => ring.find('gone')).toThrow('the key ring has no key gone');
  });

  test.each([
    ['nothing at all', '', /empty/],
    ['an entry without an id', key(), /entry 1 .*id:base64/],
    [
      'a second entry of which the key is too short',
      `a:${key()},b:${randomBytes(16).toString('base64')}`,
      /entry 2 \(b\).*16/,
    ],
    ['a key that is not base64', `a:${'!'.repeat(43)}=`, /entry 1 \(a\).*not base64/],
    ['a key of which a letter was lost', `a:${key().slice(1)}`, /entry 1 \(a\)/],
    ['an id that stands twice', `a:${key()},a:${key()}`, /entry 2 \(a\).*twice|entry 1 \(a\)/],
    ['an id with blanks in it', `a b:${key()}`, /entry 1 .*id/],
  ])('refuses %s and says which entry it is', (_what, text, message) => {
    expect(refusal(text)).toMatch(message);
  });

  test('never repeats a key in its refusal', () => {
    const secret = key();
    for (const text of [secret, `a:${secret},a:${secret}`, `a b:${secret}`, `a:${secret}x`]) {
      expect(refusal(text)).not.toContain(secret.slice(0, 12));
    }
  });

  test('cannot be made without a key', () => {
    expect(() => new KeyRing([])).toThrow(WrongKeyRing);
  });
});
