import http from 'node:http';
import { startWorld } from '../world/world';
import type { World } from '../world/world';

describe('The controls', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ people: [{ name: 'Dana Reyes', platform: 'ios', country: 'US' }] });
  });
  afterAll(() => world.close());

  const statusWith = (path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      http
        .get(`${world.url}${path}`, { headers }, (answer) => resolve(answer.resume().statusCode ?? 0))
        .on('error', reject);
    });

  test.each(['/_sim/people', '/_sim/stream', '/_sim/requests', '/'])(
    '%s is there for this machine alone',
    async (path) => {
      expect(await statusWith(path, { 'x-forwarded-for': '10.0.0.1' })).toBe(404);
      expect(await statusWith(path, { host: 'evil.example.com' })).toBe(404);
      expect(await statusWith(path, { origin: 'https://evil.example.com' })).toBe(404);
    },
  );

  test('every call of the Graph API is written down, with the answer', async () => {
    const psid = await world.talkingPerson();
    await world.send(psid, { text: 'for the record' });
    const { body } = await world.sim('GET', 'requests');
    const { requests } = body as unknown as { requests: object[] };
    expect(requests.at(-1)).toMatchObject({
      method: 'POST',
      path: '/v25.0/me/messages',
      requestBody: { message: { text: 'for the record' } },
      status: 200,
      responseBody: { recipient_id: psid },
    });
  });

  test('a stream tells of messages and typing as they happen', async () => {
    const psid = await world.talkingPerson();
    const stopped = new AbortController();
    const stream = await fetch(`${world.url}/_sim/stream`, { signal: stopped.signal });
    await world.graph('POST', '/v25.0/me/messages', { recipient: { id: psid }, sender_action: 'typing_on' });
    await world.send(psid, { text: 'as it happens' });
    const told = await readUntil(stream, 'as it happens');
    stopped.abort();
    expect(told.indexOf('"type":"typing"')).toBeGreaterThan(-1);
    expect(told.indexOf('"type":"typing"')).toBeLessThan(told.indexOf('as it happens'));
  });

  test('an unknown control is not found, a body that is not JSON is refused', async () => {
    expect((await world.sim('GET', 'nonsense')).status).toBe(404);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${world.url}/_sim/people`, { method: 'POST', headers, body: '{"name":' });
    expect(answer.status).toBe(400);
  });
});

async function readUntil(stream: Response, text: string): Promise<string> {
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let read = '';
  while (reader !== undefined && !read.includes(text)) read += (await reader.read()).value ?? '';
  return read;
}
