import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Payload } from '@temporalio/common';
import { KeyRing, Unreadable, UnknownKey } from '../../../src/keys';
import { EncryptionCodec } from '../../../src/temporal/payloads/payload-codec';

const OLD = { id: '2025', key: randomBytes(32) };
const NEW = { id: '2026', key: randomBytes(32) };
const codec = new EncryptionCodec(new KeyRing([OLD]), 'default');

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload as Payload);
const clear = (payload: Payload): string =>
  Buffer.concat([
    Buffer.from(payload.data ?? []),
    ...Object.values(payload.metadata ?? {}).map((bytes) => Buffer.from(bytes)),
  ]).toString('latin1');

describe('encryption of payloads', () => {
  test.each([
    ['an object', { text: 'hello', at: 1 }],
    ['an empty text', ''],
    ['null', null],
    ['undefined, which has no data at all', undefined],
    ['bytes', new Uint8Array([0, 255, 1])],
  ])('%s comes back as it was', async (_name, value) => {
    const [decoded] = await codec.decode(await codec.encode([payloadOf(value)]));
    expect(valueOf(decoded)).toEqual(value);
  });

  test('a payload without a data field, as it arrives from the wire, comes back', async () => {
    const wire: Payload = { metadata: { encoding: Buffer.from('binary/null') } };
    const [decoded] = await codec.decode(await codec.encode([wire]));
    expect(valueOf(decoded)).toBeUndefined();
  });

  test('nothing of the content stays readable, while the name of the key does', async () => {
    const [sealed] = await codec.encode([payloadOf({ name: 'Dana Reyes' })]);
    expect(clear(sealed as Payload)).not.toContain('Dana');
    expect(clear(sealed as Payload)).not.toContain('json/plain');
    expect(clear(sealed as Payload)).toContain('2025');
  });

  test('the same content never looks the same twice', async () => {
    const [first, second] = await codec.encode([payloadOf('twenty dollars'), payloadOf('twenty dollars')]);
    expect(Buffer.from(first?.data ?? [])).not.toEqual(Buffer.from(second?.data ?? []));
  });

  test('a payload that nobody encrypted passes through', async () => {
    const plain = payloadOf('from the server');
    expect(await codec.decode([plain])).toEqual([plain]);
  });

  test('an empty list stays empty', async () => {
    expect(await codec.encode([])).toEqual([]);
    expect(await codec.decode([])).toEqual([]);
  });
});

describe('rotation of keys', () => {
  const rotated = new EncryptionCodec(new KeyRing([NEW, OLD]), 'default');

  test('what the old key encrypted stays readable behind a new one, and new payloads name the new key', async () => {
    const [before] = await codec.encode([payloadOf('before')]);
    const [after] = await rotated.encode([payloadOf('after')]);
    expect((await rotated.decode([before as Payload, after as Payload])).map(valueOf)).toEqual(['before', 'after']);
    expect(clear(after as Payload)).toContain('2026');
  });

  test('a key that was retired too early is named, so that an operator can put it back', async () => {
    const sealed = await codec.encode([payloadOf('before')]);
    const retired = new EncryptionCodec(new KeyRing([NEW]), 'default');
    await expect(retired.decode(sealed)).rejects.toThrow(UnknownKey);
    await expect(retired.decode(sealed)).rejects.toThrow('the key ring has no key 2025');
  });
});

describe('payloads in the wrong place', () => {
  test('a payload moved into another namespace does not open', async () => {
    const sealed = await codec.encode([payloadOf('ours')]);
    await expect(new EncryptionCodec(new KeyRing([OLD]), 'theirs').decode(sealed)).rejects.toThrow(Unreadable);
  });

  test('a payload with another key id in its metadata does not open', async () => {
    const [sealed] = await codec.encode([payloadOf('ours')]);
    const forged = { ...sealed, metadata: { ...sealed?.metadata, 'encryption-key-id': Buffer.from('2026') } };
    await expect(new EncryptionCodec(new KeyRing([OLD, NEW]), 'default').decode([forged])).rejects.toThrow(Unreadable);
  });

  test('a payload with one bit changed, or cut short, does not open', async () => {
    const [sealed] = await codec.encode([payloadOf('ours')]);
    const data = Buffer.from(sealed?.data ?? []);
    for (let at = 0; at < data.length; at += 7) {
      const bent = Buffer.from(data);
      bent[at] = (bent[at] ?? 0) ^ 1;
      await expect(codec.decode([{ ...sealed, data: bent }])).rejects.toThrow();
    }
    for (const length of [0, 1, 2, 10, data.length - 1]) {
      await expect(codec.decode([{ ...sealed, data: data.subarray(0, length) }])).rejects.toThrow();
    }
  });
});
