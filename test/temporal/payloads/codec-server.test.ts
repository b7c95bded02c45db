import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Payload } from '@temporalio/common';
import { KeyRing } from '../../../src/keys';
import { createLog } from '../../../src/observability';
import { startCodecServer } from '../../../src/temporal/payloads/codec-server';
import type { CodecServer } from '../../../src/temporal/payloads/codec-server';
import { EncryptionCodec } from '../../../src/temporal/payloads/payload-codec';
import { toPayloadsJson } from '../../../src/temporal/payloads/payloads-json';

const UI = 'http://localhost:8233';
const UI_BY_NUMBER = 'http://127.0.0.1:8233';
const RING = new KeyRing([{ id: '2026', key: randomBytes(32) }]);

let server: CodecServer;
let logged = '';

beforeAll(async () => {
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  const log = createLog({ part: 'codec-server', level: 'info', destination });
  server = await startCodecServer({ port: 0, keys: RING, origins: [UI, UI_BY_NUMBER], log });
});

afterAll(() => server.close());

async function call(path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') {
  return fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-Namespace': 'default', ...headers },
    ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });
}

async function sealed(...values: unknown[]): Promise<ReturnType<typeof toPayloadsJson>> {
  const payloads: Payload[] = values.map((value) => defaultPayloadConverter.toPayload(value));
  return toPayloadsJson(await new EncryptionCodec(RING, 'default').encode(payloads));
}

function textsOf(answer: unknown): string[] {
  return (answer as { payloads: { data?: string }[] }).payloads.map(({ data = '' }) =>
    Buffer.from(data, 'base64').toString(),
  );
}

describe('the Web UI', () => {
  test.each([UI, UI_BY_NUMBER])('at %s reads what workers wrote', async (origin) => {
    const answer = await call('/decode', await sealed('hello Dana', 20), { Origin: origin });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(textsOf(await answer.json())).toEqual(['"hello Dana"', '20']);
  });

  test('reads a payload of undefined, which has no data', async () => {
    const answer = await call('/decode', await sealed(undefined), { Origin: UI });
    expect(textsOf(await answer.json())).toEqual(['']);
  });

  test('writes what workers can read', async () => {
    const encoding = Buffer.from('json/plain').toString('base64');
    const plain = { payloads: [{ metadata: { encoding }, data: Buffer.from('"hi"').toString('base64') }] };
    const encoded = await (await call('/encode', plain, { Origin: UI })).json();
    expect(JSON.stringify(encoded)).not.toContain(plain.payloads[0]?.data);
    expect(await (await call('/decode', encoded, { Origin: UI })).json()).toEqual(plain);
  });

  test('gets the headers it asks for before its first request', async () => {
    const answer = await call('/decode', '', { Origin: UI, 'Access-Control-Request-Method': 'POST' }, 'OPTIONS');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')).toContain('X-Namespace');
    expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
  });
});

describe('everybody else', () => {
  test.each([
    'http://evil.example',
    'http://localhost:8234',
    'https://localhost:8233',
    'http://localhost:8233.evil.example',
    'null',
  ])('a page of %s is refused and gets no content', async (origin) => {
    for (const method of ['POST', 'OPTIONS']) {
      const answer = await call('/decode', await sealed('hello Dana'), { Origin: origin }, method);
      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(await answer.text()).not.toContain('Dana');
    }
  });

  test('a tool on this machine, which sends no origin, may read', async () => {
    const answer = await call('/decode', await sealed('for the CLI'));
    expect(textsOf(await answer.json())).toEqual(['"for the CLI"']);
  });

  test('any other path or method does not exist', async () => {
    expect((await call('/', {})).status).toBe(404);
    expect((await call('/decode', undefined, {}, 'GET')).status).toBe(404);
  });
});

describe('requests that cannot be served', () => {
  test('payloads of another namespace are named unreadable', async () => {
    const answer = await call('/decode', await sealed('ours'), { 'X-Namespace': 'theirs' });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 400, code: 'unreadable' });
  });

  test('a key that the ring does not have is named', async () => {
    const other = new EncryptionCodec(new KeyRing([{ id: 'retired', key: randomBytes(32) }]), 'default');
    const body = toPayloadsJson(await other.encode([defaultPayloadConverter.toPayload('old')]));
    expect(await (await call('/decode', body)).json()).toMatchObject({ detail: expect.stringContaining('retired') });
  });

  test.each([
    ['no JSON', '{', 'wrong_body'],
    ['another shape', '{"payload":[]}', 'wrong_shape'],
    ['payloads that are none', '{"payloads":["x"]}', 'wrong_shape'],
    ['metadata that is no text', '{"payloads":[{"metadata":{"encoding":1}}]}', 'wrong_shape'],
  ])('%s is answered 400', async (_name, body, code) => {
    const answer = await call('/decode', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code });
  });

  test('a request without a namespace is answered 400', async () => {
    expect((await call('/decode', await sealed('x'), { 'X-Namespace': '' })).status).toBe(400);
  });

  test('a body above the limit is answered 413', async () => {
    const answer = await call('/decode', `{"payloads":[{"data":"${'A'.repeat(9_000_000)}"}]}`);
    expect(answer.status).toBe(413);
  });
});

describe('the log', () => {
  test('tells every decoding with count and namespace, and nothing of its content', async () => {
    logged = '';
    await call('/decode', await sealed('hello Dana', 'from Lee'), { Origin: UI });
    const [line] = logged.trim().split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ operation: 'decode', namespace: 'default', count: 2 });
    expect(logged).not.toMatch(/Dana|Lee/);
  });
});
