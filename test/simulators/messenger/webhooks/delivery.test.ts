import { createHmac } from 'node:crypto';
import { redeliveryDelay } from '../../../../src/simulators/messenger/webhooks/dispatcher';
import { eventsOf } from '../world/application';
import { APP_SECRET, eventually, PAGE_ID, startWorld } from '../world/world';
import type { World } from '../world/world';

describe('Delivery of webhooks', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const addPerson = async (name: string): Promise<string> => (await world.sim('POST', 'people', { name })).body.psid;
  const says = (psid: string, text: string): Promise<unknown> => world.sim('POST', `people/${psid}/messages`, { text });
  const textsOf = (psid: string): (string | undefined)[] =>
    world.application
      .events()
      .filter(({ event }) => event.sender.id === psid && event.message !== undefined)
      .map(({ event }) => event.message?.text);

  test('a message arrives in the shape of a page webhook, pure ASCII, signed over its exact bytes', async () => {
    const psid = await addPerson('Ada Byron');
    await says(psid, 'pay 👋 €5 to bob@x.org, 50% </b>');
    await world.heard('message', psid);
    const [webhook] = world.application.webhooks;
    const body = webhook?.bytes ?? Buffer.alloc(0);
    expect(body.toString('latin1')).toContain('pay \\ud83d\\udc4b \\u20ac5 to bob\\u0040x.org, 50\\u0025 \\u003C\\/b>');
    expect(webhook?.headers['x-hub-signature-256']).toBe(
      `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`,
    );
    expect(webhook?.headers['x-hub-signature']).toBe(
      `sha1=${createHmac('sha1', APP_SECRET).update(body).digest('hex')}`,
    );
    expect(JSON.parse(body.toString())).toEqual({
      object: 'page',
      entry: [
        {
          id: PAGE_ID,
          time: expect.any(Number),
          messaging: [
            {
              sender: { id: psid },
              recipient: { id: PAGE_ID },
              timestamp: expect.any(Number),
              message: { mid: expect.stringMatching(/^m_[\w-]{80,}$/), text: 'pay 👋 €5 to bob@x.org, 50% </b>' },
            },
          ],
        },
      ],
    });
  });

  test('an event is delivered again until the answer is 200, first after about a second', async () => {
    world.application.answering = () => (world.application.webhooks.length < 2 ? 503 : 200);
    const psid = await addPerson('Ada Byron');
    await says(psid, 'hello');
    await eventually('two deliveries', () => world.application.webhooks.length === 2);
    const [first, second] = world.application.webhooks;
    const gap = (second?.at ?? 0) - (first?.at ?? 0);
    expect(gap).toBeGreaterThanOrEqual(900);
    expect(gap).toBeLessThan(2500);
    expect(eventsOf(second!)).toEqual(eventsOf(first!));
  });

  test('the delays between deliveries grow up to a cap', () => {
    expect([1, 2, 3, 4].map(redeliveryDelay)).toEqual([1000, 2000, 4000, 8000]);
    expect(redeliveryDelay(50)).toBe(30_000);
  });

  test('an answer of 201 is no acknowledgement', async () => {
    world.application.answering = () => (world.application.webhooks.length < 2 ? 201 : 200);
    const psid = await addPerson('Ada Byron');
    await says(psid, 'hello');
    await eventually('two deliveries', () => world.application.webhooks.length === 2);
  });

  test('the next event of a person waits for the 200 of the one before, others do not', async () => {
    const release: (() => void)[] = [];
    world.application.answering = async (webhook) => {
      if (!webhook.bytes.includes('first of Ada')) return 200;
      await new Promise<void>((resolve) => release.push(resolve));
      return 200;
    };
    const [ada, bob] = [await addPerson('Ada'), await addPerson('Bob')];
    await says(ada, 'first of Ada');
    await says(ada, 'second of Ada');
    await says(bob, 'first of Bob');
    await says(bob, 'second of Bob');
    await eventually('both of Bob', () => textsOf(bob).length === 2);
    expect(textsOf(ada)).toEqual(['first of Ada']);
    release[0]?.();
    await eventually('both of Ada', () => textsOf(ada).length === 2);
    expect(textsOf(ada)).toEqual(['first of Ada', 'second of Ada']);
  });

  test('under a flood, events of different people share a body and every person keeps their order', async () => {
    const psids = await Promise.all(Array.from({ length: 40 }, (_, index) => addPerson(`Person ${index}`)));
    world.application.answering = () => new Promise((resolve) => setTimeout(() => resolve(200), 20));
    for (const text of ['one', 'two', 'three']) await Promise.all(psids.map((psid) => says(psid, text)));
    await eventually('everything', () => world.application.events().length === 120, 20_000);
    for (const psid of psids) expect(textsOf(psid)).toEqual(['one', 'two', 'three']);
    expect(Math.max(...world.application.webhooks.map((webhook) => eventsOf(webhook).length))).toBeGreaterThan(1);
    for (const webhook of world.application.webhooks) {
      const senders = eventsOf(webhook).map(({ event }) => event.sender.id);
      expect(new Set(senders).size).toBe(senders.length);
    }
  });

  test('a message of a person is marked delivered once the application has acknowledged it', async () => {
    world.application.answering = () => (world.application.webhooks.length < 2 ? 500 : 200);
    const psid = await addPerson('Ada');
    await says(psid, 'hello');
    await eventually('the first try', () => world.application.webhooks.length === 1);
    expect((await world.thread(psid))[0]).not.toHaveProperty('deliveredAt');
    await eventually('the mark', async () => (await world.thread(psid))[0]?.deliveredAt !== undefined);
  });
});
