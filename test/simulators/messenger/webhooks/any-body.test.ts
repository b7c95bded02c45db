import { createHmac } from 'node:crypto';
import { APP_SECRET, startWorld } from '../world/world';
import type { World } from '../world/world';

describe('POST /_sim/webhooks', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());
  afterEach(() => {
    world.application.webhooks.length = 0;
    world.application.answering = () => 200;
  });

  const sha256 = (bytes: Buffer): string => `sha256=${createHmac('sha256', APP_SECRET).update(bytes).digest('hex')}`;

  test('a string is delivered byte for byte and correctly signed, and the status comes back', async () => {
    world.application.answering = () => 400;
    const { body } = await world.sim('POST', 'webhooks', { body: '{"object": "päge",' });
    const [webhook] = world.application.webhooks;
    expect(body.status).toBe(400);
    expect(webhook?.bytes.toString()).toBe('{"object": "päge",');
    expect(webhook?.headers['x-hub-signature-256']).toBe(sha256(webhook!.bytes));
  });

  test('an object is written as the platform writes JSON', async () => {
    await world.sim('POST', 'webhooks', { body: { object: 'page', entry: [{ id: 'é/' }] } });
    expect(world.application.webhooks[0]?.bytes.toString()).toBe('{"object":"page","entry":[{"id":"\\u00e9\\/"}]}');
  });

  test('headers replace the correct ones, and null leaves one out', async () => {
    const headers = { 'X-Hub-Signature-256': 'sha256=00', 'x-hub-signature': null, 'content-type': 'text/plain' };
    await world.sim('POST', 'webhooks', { body: '{}', headers });
    const [webhook] = world.application.webhooks;
    expect(webhook?.headers['x-hub-signature-256']).toBe('sha256=00');
    expect(webhook?.headers).not.toHaveProperty('x-hub-signature');
    expect(webhook?.headers['content-type']).toBe('text/plain');
  });

  test('five megabytes go through', async () => {
    const large = `{"object":"page","x":"${'x'.repeat(5_000_000)}"}`;
    expect((await world.sim('POST', 'webhooks', { body: large })).body.status).toBe(200);
    expect(world.application.webhooks[0]?.bytes.length).toBe(large.length);
  });
});
