import { call, eventually, startWorld } from '../world/world';
import type { Answer, World } from '../world/world';

describe('Account linking', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const tapLogIn = async (psid: string, url = 'https://app.example.com/link'): Promise<Answer> => {
    const payload = { template_type: 'button', text: 'Link your account', buttons: [{ type: 'account_link', url }] };
    const { message_id } = (await world.send(psid, { attachment: { type: 'template', payload } })).body;
    return world.sim('POST', `people/${psid}/taps`, { mid: message_id, title: 'Log In' });
  };
  const lookUp = (method: string, token: string): Promise<Answer> =>
    world.graph(method, `/v25.0/me?fields=recipient&account_linking_token=${encodeURIComponent(token)}`);
  const isLinked = async (psid: string): Promise<unknown> => {
    const { people } = (await world.sim('GET', 'people')).body;
    return (people.find((person) => person.psid === psid) as unknown as { linked: boolean }).linked;
  };
  const parametersOf = ({ body }: Answer): { token: string; callback: string } => {
    const { searchParams } = new URL(body.url);
    return { token: searchParams.get('account_linking_token') ?? '', callback: searchParams.get('redirect_uri') ?? '' };
  };

  test('the log-in button opens the application’s address with a token and a callback that holds it too', async () => {
    const psid = await world.talkingPerson();
    const answer = await tapLogIn(psid, 'https://app.example.com/link?lang=en');
    expect(answer.status).toBe(200);
    const { token, callback } = parametersOf(answer);
    expect(answer.body.url).toMatch(/^https:\/\/app\.example\.com\/link\?lang=en&account_linking_token=/);
    expect(callback).toBe(`${world.url}/messenger_platform/account_linking?account_linking_token=${token}`);
  });

  test('the callback with a code links: the application hears it with its own code, and then it is so', async () => {
    const psid = await world.talkingPerson();
    const { callback } = parametersOf(await tapLogIn(psid));
    const page = await call('GET', `${callback}&authorization_code=one-time-code`);
    expect(page.text).toContain('You can go back to Messenger');
    const [event] = await world.heard('account_linking', psid);
    expect(event?.account_linking).toEqual({ status: 'linked', authorization_code: 'one-time-code' });
    await eventually('it is linked', async () => (await isLinked(psid)) === true);
  });

  test('nothing is linked before the application has acknowledged it', async () => {
    const psid = await world.talkingPerson();
    const { callback } = parametersOf(await tapLogIn(psid));
    world.application.answering = () => 500;
    await call('GET', `${callback}&authorization_code=one-time-code`);
    await world.heard('account_linking', psid);
    expect(await isLinked(psid)).toBe(false);
  });

  test('the callback without a code cancels', async () => {
    const psid = await world.talkingPerson();
    const { callback } = parametersOf(await tapLogIn(psid));
    expect((await call('GET', callback)).text).toContain('Linking was cancelled');
    await world.sim('POST', `people/${psid}/messages`, { text: 'next' });
    await world.heard('message', psid, 2);
    expect(world.application.events().every(({ event }) => event.account_linking === undefined)).toBe(true);
  });

  test('a callback works once', async () => {
    const psid = await world.talkingPerson();
    const { callback } = parametersOf(await tapLogIn(psid));
    await call('GET', `${callback}&authorization_code=one`);
    const again = await call('GET', `${callback}&authorization_code=two`);
    expect(again.status).toBe(400);
    expect(again.text).toContain('This link has run out');
  });

  test.each(['GET', 'POST'])('%s with the token tells who is linking', async (method) => {
    const psid = await world.talkingPerson();
    const { token } = parametersOf(await tapLogIn(psid));
    expect((await lookUp(method, token)).body).toEqual({ id: expect.any(String), recipient: psid });
    expect((await lookUp(method, 'nonsense')).body.error).toMatchObject({
      code: 10303,
      message: 'Invalid account_linking_token',
    });
  });

  test('a token is good for five minutes of the simulator’s clock', async () => {
    const psid = await world.talkingPerson();
    const { token, callback } = parametersOf(await tapLogIn(psid));
    await world.sim('POST', 'clock', { advance: 'PT4M50S' });
    expect((await lookUp('GET', token)).status).toBe(200);
    await world.sim('POST', 'clock', { advance: 'PT11S' });
    expect((await lookUp('GET', token)).body.error.code).toBe(10303);
    expect((await call('GET', `${callback}&authorization_code=late`)).status).toBe(400);
  });

  test('on the web the log-in button does not work', async () => {
    const psid = await world.talkingPerson('Lee Wong', { platform: 'web' });
    expect((await tapLogIn(psid)).status).toBe(409);
  });

  test('unlinking, from either side, is told to the application', async () => {
    const psid = await world.talkingPerson();
    expect((await world.graph('POST', '/v25.0/me/unlink_accounts', { psid })).body).toEqual({
      result: 'unlink account success',
    });
    const payload = { template_type: 'button', text: 'Leave?', buttons: [{ type: 'account_unlink' }] };
    const { message_id } = (await world.send(psid, { attachment: { type: 'template', payload } })).body;
    await world.sim('POST', `people/${psid}/taps`, { mid: message_id, title: 'Log Out' });
    const events = await world.heard('account_linking', psid, 2);
    expect(events.map(({ account_linking }) => account_linking)).toEqual([
      { status: 'unlinked' },
      { status: 'unlinked' },
    ]);
  });
});
