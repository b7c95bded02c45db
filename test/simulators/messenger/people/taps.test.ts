import { startWorld } from '../world/world';
import type { Answer, World } from '../world/world';

describe('Taps', () => {
  let world: World;
  let psid: string;
  beforeEach(async () => {
    world = await startWorld();
    psid = await world.talkingPerson();
  });
  afterEach(() => world.close());

  const tap = (body: object): Promise<Answer> => world.sim('POST', `people/${psid}/taps`, body);
  const card = async (...buttons: object[]): Promise<string> => {
    const payload = { template_type: 'button', text: 'Well?', buttons };
    return (await world.send(psid, { attachment: { type: 'template', payload } })).body.message_id;
  };

  test('a quick reply is a message whose text is the title, with the payload beside it', async () => {
    const quick_replies = [{ content_type: 'text', title: 'Yes, link it', payload: 'LINK' }];
    const { message_id } = (await world.send(psid, { text: 'Link it?', quick_replies })).body;
    const { status, body } = await tap({ mid: message_id, title: 'Yes, link it' });
    expect(status).toBe(202);
    const [, event] = await world.heard('message', psid, 2);
    expect(event?.message).toEqual({ mid: body.mid, text: 'Yes, link it', quick_reply: { payload: 'LINK' } });
    expect((await world.thread(psid)).at(-1)).toMatchObject({ from: 'person', text: 'Yes, link it', mid: body.mid });
  });

  test('a button is a postback with a mid of its own, and can be tapped again', async () => {
    const mid = await card({ type: 'postback', title: 'Confirm', payload: 'PAY:1' });
    await Promise.all([tap({ mid, title: 'Confirm' }), tap({ mid, title: 'Confirm' })]);
    const [one, other] = await world.heard('postback', psid, 2);
    expect(one?.postback).toMatchObject({ title: 'Confirm', payload: 'PAY:1' });
    expect(one?.postback?.mid).not.toBe(other?.postback?.mid);
  });

  test('any message stays tappable, however old', async () => {
    const mid = await card({ type: 'postback', title: 'Confirm', payload: 'PAY:1' });
    await world.send(psid, { text: 'something newer' });
    expect((await tap({ mid, title: 'Confirm' })).status).toBe(202);
  });

  test('a link gives the address the phone’s browser would open, and what the browser calls itself', async () => {
    const mid = await card({ type: 'web_url', title: 'Reset password', url: 'https://example.com/reset' });
    const { status, body } = await tap({ mid, title: 'Reset password' });
    expect(status).toBe(200);
    expect(body).toEqual({ url: 'https://example.com/reset', userAgent: expect.stringContaining('MessengerForiOS') });
  });

  test('an unknown message, title, menu item or person is not found', async () => {
    const mid = await card({ type: 'postback', title: 'Confirm', payload: 'PAY:1' });
    const answers = [
      await tap({ mid, title: 'Nonsense' }),
      await tap({ mid: 'm_nonsense', title: 'Confirm' }),
      await tap({ menu: 'Send' }),
      await world.sim('POST', 'people/1/taps', { mid, title: 'Confirm' }),
      await world.sim('GET', 'people/1/thread'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });

  test('nobody can tap what was sent to somebody else', async () => {
    const mid = await card({ type: 'postback', title: 'Confirm', payload: 'PAY:1' });
    const other = await world.talkingPerson('Bob');
    expect((await world.sim('POST', `people/${other}/taps`, { mid, title: 'Confirm' })).status).toBe(404);
  });

  test('the persistent menu and Get Started send postbacks', async () => {
    const call_to_actions = [{ type: 'postback', title: 'Send', payload: 'MENU:SEND' }];
    await world.graph('POST', '/v25.0/me/messenger_profile', {
      get_started: { payload: 'START' },
      persistent_menu: [{ locale: 'default', call_to_actions }],
    });
    expect((await tap({ menu: 'Send' })).status).toBe(202);
    expect((await tap({ getStarted: true })).status).toBe(202);
    const events = await world.heard('postback', psid, 2);
    expect(events.map(({ postback }) => postback?.payload)).toEqual(['MENU:SEND', 'START']);
  });

  test('equal titles on one message are told apart by their order', async () => {
    const element = (payload: string): object => ({
      title: payload,
      subtitle: 'an offer',
      buttons: [{ type: 'postback', title: 'Buy', payload }],
    });
    const payload = { template_type: 'generic', elements: [element('ONE'), element('TWO')] };
    const { message_id } = (await world.send(psid, { attachment: { type: 'template', payload } })).body;
    await tap({ mid: message_id, title: 'Buy', nth: 1 });
    expect((await world.heard('postback', psid))[0]?.postback?.payload).toBe('TWO');
  });

  test('reactions and unsent messages are told to the application', async () => {
    const { message_id } = (await world.send(psid, { text: 'Done.' })).body;
    await world.sim('POST', `people/${psid}/reactions`, { mid: message_id, emoji: '❤️' });
    await world.sim('POST', `people/${psid}/reactions`, { mid: message_id });
    const [react, unreact] = await world.heard('reaction', psid, 2);
    expect(react?.reaction).toEqual({ reaction: 'love', emoji: '❤️', action: 'react', mid: message_id });
    expect(unreact?.reaction).toMatchObject({ action: 'unreact', mid: message_id });

    const [own] = await world.thread(psid);
    await world.sim('POST', `people/${psid}/unsend`, { mid: own?.mid });
    const deleted = (await world.heard('message', psid, 2)).at(-1);
    expect(deleted?.message).toEqual({ mid: own?.mid, is_deleted: true });
    expect((await world.thread(psid))[0]).not.toHaveProperty('text');
  });

  test('a picture arrives as an attachment', async () => {
    const attachment = { type: 'image', url: 'https://example.com/bill.png' };
    await world.sim('POST', `people/${psid}/messages`, { attachment });
    const event = (await world.heard('message', psid, 2)).at(-1);
    expect(event?.message?.attachments).toEqual([{ type: 'image', payload: { url: 'https://example.com/bill.png' } }]);
  });
});
