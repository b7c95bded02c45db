import { Usage } from '../../../../src/simulators/messenger/graph/rules/usage';
import { PAGE_ID, startWorld } from '../world/world';
import type { World } from '../world/world';

const HOUR = 3_600_000;

describe('Rate limits', () => {
  let world: World;
  let psid: string;
  beforeAll(async () => {
    world = await startWorld();
    psid = await world.talkingPerson();
  });
  afterAll(() => world.close());

  test('ten recordings a second are sent, the eleventh is refused', async () => {
    const audio = { attachment: { type: 'audio', payload: { url: 'https://example.com/a.mp3' } } };
    const answers = await Promise.all(Array.from({ length: 11 }, () => world.send(psid, audio)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(answers.find(({ status }) => status !== 200)?.body.error).toMatchObject({
      code: 613,
      message: 'Calls to this API have exceeded the rate limit',
    });
  });

  test('three hundred texts a second are sent, no more', () => {
    const usage = new Usage();
    for (let sent = 0; sent < 300; sent += 1) usage.countSend('text', 1000);
    expect(() => usage.countSend('text', 1999)).toThrow('exceeded the rate limit');
    expect(() => usage.countSend('text', 2001)).not.toThrow();
  });

  test('the day’s allowance follows the people who can be messaged, and the header says when it returns', () => {
    const usage = new Usage();
    for (let called = 0; called < 200_200; called += 1) usage.countCall(0);
    expect(() => usage.checkDay(1, HOUR)).toThrow('exceeded the rate limit');
    expect(() => usage.checkDay(2, HOUR)).not.toThrow();
    const used = JSON.parse(usage.header(PAGE_ID, 1, HOUR)) as Record<string, object[]>;
    expect(used[PAGE_ID]?.[0]).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 23 * 60 });
    expect(() => usage.checkDay(1, 25 * HOUR)).not.toThrow();
  });

  test('a test can have any error of the platform', async () => {
    await world.sim('POST', 'faults', { on: { path: '/messages', psid }, do: { error: { code: 4 } }, times: 1 });
    expect((await world.send(psid, { text: 'hi' })).body.error).toMatchObject({ code: 4, type: 'OAuthException' });
    await world.sim('POST', 'faults', {
      on: { path: '/messages' },
      do: { status: 503, error: { code: 10, subcode: 2018108 } },
      times: 1,
    });
    const { status, body } = await world.send(psid, { text: 'hi' });
    expect(status).toBe(503);
    expect(body.error).toMatchObject({ code: 10, error_subcode: 2018108 });
    expect((await world.send(psid, { text: 'hi' })).status).toBe(200);
  });

  test('a lost answer has sent the message, a lost request has not', async () => {
    const lost = async (effect: object, text: string): Promise<number> => {
      await world.sim('POST', 'faults', { on: { path: '/messages' }, do: effect, times: 1 });
      await expect(world.send(psid, { text })).rejects.toThrow('fetch failed');
      return (await world.thread(psid)).filter((message) => message.text === text).length;
    };
    expect(await lost({ dropResponse: true }, 'sent all the same')).toBe(1);
    expect(await lost({ dropRequest: true }, 'never sent')).toBe(0);
  });
});
