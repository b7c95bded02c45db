import { payloadOf } from '../../src/domain/chat/actions';
import { MENU_CHOICES } from '../../src/texts';
import { conversationId } from '../../workflows/messages/conversation';
import { Rep } from '../api/desk/rep';
import { newcomer } from '../world/people/citizens';
import type { Phone } from '../world/people/phone';
import { hoursPass } from '../world/time';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('the bot', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const disclosures = async (phone: Phone): Promise<number> =>
    (await phone.thread()).filter(({ from, text }) => from === 'page' && /automated/.test(text ?? '')).length;

  test('says that it is automated before its first answer, and not with every one', async () => {
    const { phone } = await newcomer(world, 'New Person');
    await phone.hears(/I can send money/, await phone.says('help'));
    const [first] = await phone.heardSince(0);
    expect(first?.text).toContain('automated service');
    await phone.hears(/welcome/, await phone.says('thanks'));
    expect(await disclosures(phone)).toBe(1);
  });

  test('says so again after a day of silence', async () => {
    const { phone } = await newcomer(world, 'Silent Person');
    await phone.hears(/What can I do/, await phone.says('hello'));
    await hoursPass(world, 25);
    const since = await phone.says('hello again');
    await phone.hears(/What can I do/, since);
    expect((await phone.heardSince(since))[0]?.text).toContain('automated service');
  });

  test('says so when it takes over from a rep', async () => {
    const { phone, key } = await newcomer(world, 'Helped Person');
    const ana = await Rep.signIn(world.app, 'Ana', 'rep');
    const id = conversationId(world.page, key);
    for (const action of ['resolve', 'return-to-bot']) {
      await phone.hears(/asked for a person/, await phone.says('I want to talk to a person'));
      await ana.act(id, 'claim');
      const since = (await phone.thread()).length;
      expect((await ana.act(id, action, action === 'resolve' ? { reason: 'answered' } : {})).status).toBe(200);
      await phone.hears(/automated assistant/, since);
    }
  });

  test('says nothing to a reaction, an edit or a message taken back', async () => {
    const { phone } = await newcomer(world, 'Quiet Person');
    const answer = await phone.hears(/What can I do/, await phone.says('hello'));
    const before = (await phone.heardSince(0)).length;
    await phone.reacts(answer, '👍');
    const own = (await phone.thread()).find(({ from }) => from === 'person');
    if (own) await phone.unsends(own);
    await phone.hears(/welcome/, await phone.says('thanks'));
    expect(await phone.heardSince(0)).toHaveLength(before + 1);
  });

  test('has a persistent menu and a start button that do what they say, once the page is set up', async () => {
    await world.channel.setUpPage({ greeting: 'Hello.', startPayload: payloadOf('start'), menu: MENU_CHOICES });
    const { phone } = await newcomer(world, 'Menu Person');
    await phone.hears(/What can I do/, await phone.tapsGetStarted());
    await phone.hears(/I can send money/, await phone.tapsMenu('Help'));
    await phone.hears(/no payments yet/, await phone.tapsMenu('My payments'));
    await phone.hears(/How much do you want to send|link your PayPal/, await phone.tapsMenu('Send'));
    await phone.tapsMenu('Request');
    const shown = await fetch(`${world.messenger}/_sim/people/${phone.psid}/phone`);
    expect(await shown.json()).toMatchObject({
      menu: ['Send', 'Request', 'My payments', 'Help'],
      greeting: 'Hello.',
      getStarted: true,
    });
  });
});
