import { APP_ID, startWorld } from '../world/world';
import type { Answer, World } from '../world/world';

const PAGE_INBOX = '263902037430900';
const CONTROLLED = { code: 10, error_subcode: 2018300 };

describe('Control of a thread', () => {
  let world: World;
  let psid: string;
  beforeEach(async () => {
    world = await startWorld();
    psid = await world.talkingPerson();
  });
  afterEach(() => world.close());

  const control = (verb: string, more: object = {}): Promise<Answer> =>
    world.graph('POST', `/v25.0/me/${verb}_thread_control`, { recipient: { id: psid }, ...more });
  const owner = async (): Promise<unknown> =>
    (await world.graph('GET', `/v25.0/me/thread_owner?recipient=${psid}`)).body.data[0]?.['thread_owner'];
  const says = (text: string): Promise<Answer> => world.sim('POST', `people/${psid}/messages`, { text });

  test('after a pass to the page inbox the application may not send and hears on standby', async () => {
    expect((await control('pass', { target_app_id: PAGE_INBOX })).body).toEqual({ success: true });
    expect(await owner()).toMatchObject({ app_id: PAGE_INBOX, expiration: expect.any(Number) });
    expect((await world.send(psid, { text: 'me too' })).body.error).toMatchObject(CONTROLLED);
    await says('to the staff');
    await world.heard('message', psid, 2);
    expect(world.application.events().at(-1)).toMatchObject({
      channel: 'standby',
      event: { message: { text: 'to the staff' } },
    });
  });

  test('a reply of the staff takes the thread, is told, and is heard as an echo of another app', async () => {
    await world.sim('POST', `people/${psid}/inbox`, { text: 'Hi, I work here' });
    const [taken] = await world.heard('take_thread_control', psid);
    expect(taken?.take_thread_control).toMatchObject({ previous_owner_app_id: APP_ID, new_owner_app_id: PAGE_INBOX });
    const [echo] = await world.heard('echo', psid);
    expect(echo?.message).toMatchObject({ is_echo: true, app_id: Number(PAGE_INBOX), text: 'Hi, I work here' });
    expect((await world.send(psid, { text: 'me too' })).status).toBe(403);
  });

  test('handed back by the staff, the thread is the application’s again', async () => {
    await world.sim('POST', `people/${psid}/inbox`, { text: 'Hi' });
    await world.sim('POST', `people/${psid}/inbox/hand-back`);
    const [passed] = await world.heard('pass_thread_control', psid);
    expect(passed?.pass_thread_control).toMatchObject({ previous_owner_app_id: PAGE_INBOX, new_owner_app_id: APP_ID });
    expect((await world.send(psid, { text: 'back' })).status).toBe(200);
  });

  test('on standby a postback has no payload', async () => {
    const buttons = [{ type: 'postback', title: 'Ok', payload: 'SECRET' }];
    const payload = { template_type: 'button', text: 'Fine?', buttons };
    const { message_id } = (await world.send(psid, { attachment: { type: 'template', payload } })).body;
    await control('pass', { target_app_id: PAGE_INBOX });
    await world.sim('POST', `people/${psid}/taps`, { mid: message_id, title: 'Ok' });
    const [tapped] = await world.heard('postback', psid);
    expect(tapped?.postback).toEqual({ mid: expect.any(String), title: 'Ok' });
  });

  test('the application can take the thread, and release it', async () => {
    await control('pass', { target_app_id: PAGE_INBOX });
    expect((await control('take')).body).toEqual({ success: true });
    expect(await owner()).toMatchObject({ app_id: APP_ID });
    expect((await control('release')).body).toEqual({ success: true });
    expect(await owner()).toBeUndefined();
    expect((await world.send(psid, { text: 'an idle thread is anybody’s' })).status).toBe(200);
  });

  test('control lapses after a day of quiet', async () => {
    await control('pass', { target_app_id: PAGE_INBOX });
    await world.sim('POST', 'clock', { advance: 'PT25H' });
    expect(await owner()).toBeUndefined();
    await says('hello again');
    await world.heard('message', psid, 2);
    expect(world.application.events().at(-1)?.channel).toBe('messaging');
  });

  test('the page inbox is a secondary receiver, and requests are taken note of', async () => {
    const { body } = await world.graph('GET', '/v25.0/me/secondary_receivers?fields=id,name');
    expect(body.data).toEqual([{ id: PAGE_INBOX, name: 'Page Inbox' }]);
    expect((await control('request', { metadata: 'please' })).body).toEqual({ success: true });
  });
});
