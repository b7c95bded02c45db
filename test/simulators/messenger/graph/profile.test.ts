import { startWorld } from '../world/world';
import type { Answer, World } from '../world/world';

const MENU = [
  {
    locale: 'default',
    call_to_actions: ['Send', 'Request', 'My payments', 'Help'].map((title) => ({
      type: 'postback',
      title,
      payload: title.toUpperCase(),
    })),
  },
];

describe('Profiles', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const set = (profile: object): Promise<Answer> => world.graph('POST', '/v25.0/me/messenger_profile', profile);

  test('+ opens an empty menu until the application has set one', async () => {
    const psid = await world.talkingPerson();
    const menu = async (): Promise<string[]> => (await world.sim('GET', `people/${psid}/phone`)).body.menu;
    expect(await menu()).toEqual([]);
    expect((await set({ get_started: { payload: 'START' }, persistent_menu: MENU })).body).toEqual({
      result: 'success',
    });
    expect(await menu()).toEqual(['Send', 'Request', 'My payments', 'Help']);
  });

  test('a menu needs Get Started, and Get Started stays as long as the menu does', async () => {
    expect((await set({ persistent_menu: MENU })).body.error).toMatchObject({ code: 100, error_subcode: 2018145 });
    await set({ get_started: { payload: 'START' }, persistent_menu: MENU });
    const remove = (fields: string[]): Promise<Answer> =>
      world.graph('DELETE', '/v25.0/me/messenger_profile', { fields });
    expect((await remove(['get_started'])).body.error.error_subcode).toBe(2018145);
    expect((await remove(['persistent_menu', 'get_started'])).body).toEqual({ result: 'success' });
  });

  test('the properties that are set can be read', async () => {
    const greeting = [{ locale: 'default', text: 'Hi {{user_first_name}}' }];
    await set({ get_started: { payload: 'START' }, greeting });
    const { body } = await world.graph('GET', '/v25.0/me/messenger_profile?fields=greeting,persistent_menu');
    expect(body).toEqual({ data: [{ greeting }] });
    const { psid } = (await world.sim('POST', 'people', { name: 'Ada Byron' })).body;
    expect((await world.sim('GET', `people/${psid}/phone`)).body).toMatchObject({
      greeting: 'Hi Ada',
      getStarted: true,
    });
  });

  test('an application learns a person’s name, locale and time zone, never country or platform', async () => {
    const psid = await world.talkingPerson('Ada Byron', { country: 'GB', locale: 'en_GB', timezone: 0 });
    const fields = 'id,name,first_name,last_name,profile_pic,locale,timezone,country,platform';
    const { body } = await world.graph('GET', `/v25.0/${psid}?fields=${fields}`);
    expect(body).toEqual({
      id: psid,
      name: 'Ada Byron',
      first_name: 'Ada',
      last_name: 'Byron',
      profile_pic: expect.stringContaining(`/pictures/${psid}.svg?ext=`),
      locale: 'en_GB',
      timezone: 0,
    });
    const picture = await fetch((body as unknown as { profile_pic: string }).profile_pic);
    expect(await picture.text()).toContain('>AB</text>');
  });

  test('an object that does not exist is said to be so', async () => {
    const { status, body } = await world.graph('GET', '/v25.0/1234567890123456');
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' });
  });
});
