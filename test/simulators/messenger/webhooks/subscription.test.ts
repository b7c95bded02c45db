import { eventually, startWorld } from '../world/world';
import { APP_ID, APP_SECRET, call } from '../world/world';
import type { Answer, World } from '../world/world';

describe('The subscription of the page', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const subscribe = (fields: string): Promise<unknown> =>
    world.graph('POST', '/v25.0/me/subscribed_apps', { subscribed_fields: fields });

  test('only fields the app has subscribed to are sent', async () => {
    await subscribe('messages,messaging_postbacks');
    const psid = await world.talkingPerson();
    await world.send(psid, { text: 'an answer, with an echo nobody wants' });
    await world.sim('POST', `people/${psid}/messages`, { text: 'and?' });
    await world.heard('message', psid, 2);
    expect(world.application.events().every(({ event }) => event.message?.is_echo !== true)).toBe(true);
    const { body } = await world.graph('GET', '/v25.0/me/subscribed_apps');
    expect(body.data[0]).toMatchObject({ id: APP_ID, subscribed_fields: ['messages', 'messaging_postbacks'] });
  });

  test('an unsubscribed app hears nothing', async () => {
    expect((await world.graph('DELETE', '/v25.0/me/subscribed_apps')).body).toEqual({ success: true });
    const psid = await world.talkingPerson();
    await subscribe('messages');
    await world.sim('POST', `people/${psid}/messages`, { text: 'now' });
    expect((await world.heard('message', psid)).map(({ message }) => message?.text)).toEqual(['now']);
  });

  test('eight hours of failing disable the webhook, subscribing again brings it and what waited back', async () => {
    world.application.answering = () => 500;
    const psid = await world.talkingPerson();
    await eventually('a failure', () => world.application.webhooks.length === 1);
    await world.sim('POST', 'clock', { advance: 'PT8H' });
    await eventually('the last try', () => world.application.webhooks.length === 2);
    await eventually('the page has no app', async () => {
      const { body } = await world.graph('GET', '/v25.0/me/subscribed_apps');
      return body.data.length === 0;
    });
    world.application.answering = () => 200;
    await subscribe('messages');
    await eventually('the message that waited', () => world.application.webhooks.length === 3);
    expect((await world.heard('message', psid)).at(-1)?.message?.text).toBe('hello');
  });

  test('a callback address is taken only when it answers the challenge', async () => {
    const ask = (verify_token: string): Promise<Answer> =>
      call('POST', `${world.url}/v25.0/${APP_ID}/subscriptions?access_token=${APP_ID}|${APP_SECRET}`, {
        object: 'page',
        callback_url: `${world.application.webhookUrl}?moved=1`,
        fields: 'messages',
        verify_token,
      });
    expect((await ask('wrong')).body.error).toMatchObject({ code: 2200, type: 'OAuthException' });
    expect((await ask('meatyhamhock')).body).toEqual({ success: true });
  });
});
