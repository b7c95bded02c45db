import { createHmac } from 'node:crypto';
import { isSignedBy } from '../../../../src/channels/messenger/webhook';
import { describeWithReference, referenceJson } from '../reference';

const SECRET = 'app secret';
const BODY = Buffer.from('{"object":"page","entry":[]}');
const digest = (algorithm: string, body: Buffer | string, secret = SECRET) =>
  createHmac(algorithm, secret).update(body).digest('hex');
const sha256 = (body: Buffer | string, secret = SECRET) => `sha256=${digest('sha256', body, secret)}`;
const sha1 = (body: Buffer | string) => `sha1=${digest('sha1', body)}`;

interface Vector {
  name: string;
  secret: string;
  raw_body: string;
  plain_json?: string;
  sha1: string;
  sha256: string;
  sha256_of_unescaped_must_differ?: string;
}

describeWithReference('known signatures', () => {
  const vectors = () => referenceJson<Vector[]>('api/signature-vectors.json');

  test('every known answer verifies over the raw bytes, by SHA-256 and by SHA-1 alone', () => {
    for (const vector of vectors()) {
      const raw = Buffer.from(vector.raw_body);
      expect(isSignedBy(raw, { 'x-hub-signature-256': `sha256=${vector.sha256}` }, [vector.secret])).toBe(true);
      expect(isSignedBy(raw, { 'x-hub-signature': `sha1=${vector.sha1}` }, [vector.secret])).toBe(true);
    }
  });

  test('a signature over the unescaped text does not verify the escaped bytes, nor the other way round', () => {
    const escaped = vectors().filter((vector) => vector.plain_json !== undefined);
    expect(escaped.length).toBe(3);
    for (const { secret, raw_body, plain_json, sha256: good, sha256_of_unescaped_must_differ: bad } of escaped) {
      expect(isSignedBy(Buffer.from(raw_body), { 'x-hub-signature-256': `sha256=${bad}` }, [secret])).toBe(false);
      expect(isSignedBy(Buffer.from(plain_json ?? ''), { 'x-hub-signature-256': `sha256=${good}` }, [secret])).toBe(
        false,
      );
    }
  });
});

describe('signatures', () => {
  test('any flipped bit of the body is refused', () => {
    const headers = { 'x-hub-signature-256': sha256(BODY), 'x-hub-signature': sha1(BODY) };
    expect(isSignedBy(BODY, headers, [SECRET])).toBe(true);
    for (let bit = 0; bit < BODY.length * 8; bit += 1) {
      expect(isSignedBy(flipped(BODY, bit), headers, [SECRET])).toBe(false);
    }
  });

  test.each(['x-hub-signature-256', 'x-hub-signature'])('any flipped bit of %s is refused', (header) => {
    const written = Buffer.from(header === 'x-hub-signature' ? sha1(BODY) : sha256(BODY));
    for (let bit = 0; bit < written.length * 8; bit += 1) {
      expect(isSignedBy(BODY, { [header]: flipped(written, bit).toString('latin1') }, [SECRET])).toBe(false);
    }
  });

  test('while a secret is rotated either of the two verifies, and no third one', () => {
    const headers = { 'x-hub-signature-256': sha256(BODY, 'new') };
    expect(isSignedBy(BODY, headers, ['old', 'new'])).toBe(true);
    expect(isSignedBy(BODY, headers, ['new', 'old'])).toBe(true);
    expect(isSignedBy(BODY, headers, ['old', 'older'])).toBe(false);
  });

  test('a wrong SHA-256 is not outvoted by a right SHA-1', () => {
    const wrong = `sha256=${'0'.repeat(64)}`;
    for (const strong of [wrong, '', 'sha256=']) {
      expect(isSignedBy(BODY, { 'x-hub-signature-256': strong, 'x-hub-signature': sha1(BODY) }, [SECRET])).toBe(false);
    }
  });

  test('headers that are missing, repeated, of another method or in capitals of another hex are refused', () => {
    const good = sha256(BODY);
    const bad = [
      {},
      { 'x-hub-signature-256': undefined },
      { 'x-hub-signature-256': [good, good] },
      { 'x-hub-signature-256': good.toUpperCase() },
      { 'x-hub-signature-256': good.slice('sha256='.length) },
      { 'x-hub-signature-256': `${good}0` },
      { 'x-hub-signature-256': ` ${good}` },
      { 'x-hub-signature-256': `${good}\n` },
      { 'x-hub-signature': good },
      { 'x-hub-signature-256': sha1(BODY) },
    ];
    for (const headers of bad) expect(isSignedBy(BODY, headers, [SECRET])).toBe(false);
  });

  test('header names are found in any case', () => {
    expect(isSignedBy(BODY, { 'X-Hub-Signature-256': sha256(BODY) }, [SECRET])).toBe(true);
  });

  test('without a secret, or with an empty one, nothing is signed', () => {
    const headers = { 'x-hub-signature-256': sha256(BODY, '') };
    expect(isSignedBy(BODY, headers, [])).toBe(false);
    expect(isSignedBy(BODY, headers, [''])).toBe(false);
  });
});

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}
