import { startWorld } from '../world/world';
import type { Answer, World } from '../world/world';

const OUTSIDE = { code: 10, error_subcode: 2018278, message: 'This message is sent outside of allowed window.' };

describe('The messaging window', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const later = (advance: string): Promise<Answer> => world.sim('POST', 'clock', { advance });
  const isOpen = async (psid: string): Promise<boolean> => (await world.send(psid, { text: 'hi' })).status === 200;
  const humanAgent = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };

  test('nobody can be written to who has never been in touch', async () => {
    const { psid } = (await world.sim('POST', 'people', { name: 'Ada' })).body;
    const { status, body } = await world.send(psid, { text: 'hi' });
    expect(status).toBe(403);
    expect(body.error).toMatchObject(OUTSIDE);
  });

  test('it closes 24 hours after the last action and opens with the next', async () => {
    const psid = await world.talkingPerson();
    await later('PT23H59M');
    expect(await isOpen(psid)).toBe(true);
    await later('PT2M');
    expect((await world.send(psid, { text: 'too late' })).body.error).toMatchObject(OUTSIDE);
    await world.sim('POST', `people/${psid}/messages`, { text: 'are you there?' });
    expect(await isOpen(psid)).toBe(true);
  });

  test('a button, a reaction, a referral and an opt-in open it as a message does', async () => {
    const psid = await world.talkingPerson();
    const buttons = [{ type: 'postback', title: 'Ok', payload: 'OK' }];
    const payload = { template_type: 'button', text: 'Fine?', buttons };
    const mid = (await world.send(psid, { attachment: { type: 'template', payload } })).body.message_id;
    const actions: [string, object][] = [
      ['taps', { mid, title: 'Ok' }],
      ['reactions', { mid, emoji: '❤' }],
      ['referrals', { ref: 'a-friend' }],
      ['optins', { ref: 'news' }],
    ];
    for (const [path, body] of actions) {
      await later('PT25H');
      expect(await isOpen(psid)).toBe(false);
      await world.sim('POST', `people/${psid}/${path}`, body);
      expect(await isOpen(psid)).toBe(true);
    }
  });

  test('a click on an ad keeps it open for seven days', async () => {
    const psid = await world.talkingPerson();
    await world.sim('POST', `people/${psid}/referrals`, { source: 'ADS', adId: '42' });
    await later('P6D');
    expect(await isOpen(psid)).toBe(true);
    await later('P2D');
    expect(await isOpen(psid)).toBe(false);
  });

  test('a human agent may answer for seven days', async () => {
    const psid = await world.talkingPerson();
    await later('P6D');
    expect((await world.send(psid, { text: 'sorry for the wait' }, humanAgent)).status).toBe(200);
    await later('P2D');
    expect((await world.send(psid, { text: 'too late' }, humanAgent)).body.error).toMatchObject(OUTSIDE);
  });

  test.each(['CONFIRMED_EVENT_UPDATE', 'POST_PURCHASE_UPDATE', 'ACCOUNT_UPDATE'])(
    'the retired tag %s is an invalid parameter, inside the window too',
    async (tag) => {
      const psid = await world.talkingPerson();
      const { status, body } = await world.send(psid, { text: 'hi' }, { messaging_type: 'MESSAGE_TAG', tag });
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ code: 100, message: 'Invalid parameter' });
    },
  );

  test('a utility message goes out at any time where the market allows it', async () => {
    const [us, de] = [await world.talkingPerson('Ada'), await world.talkingPerson('Emil', { country: 'DE' })];
    await later('P10D');
    const utility = { messaging_type: 'UTILITY' };
    expect((await world.send(us, { text: 'your receipt' }, utility)).status).toBe(200);
    expect((await world.send(de, { text: 'your receipt' }, utility)).body.error).toMatchObject(OUTSIDE);
  });

  test('typing is refused where a message would be', async () => {
    const { psid } = (await world.sim('POST', 'people', { name: 'Ada' })).body;
    const typing = { recipient: { id: psid }, sender_action: 'typing_on' };
    expect((await world.graph('POST', '/v25.0/me/messages', typing)).body.error).toMatchObject(OUTSIDE);
  });

  test('webhook timestamps stay real when the clock is moved', async () => {
    await later('P3D');
    const psid = await world.talkingPerson();
    const [event] = await world.heard('message', psid);
    expect(Math.abs((event?.timestamp ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});
