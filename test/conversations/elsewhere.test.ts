import { Rep } from '../api/desk/rep';
import { conversationId } from '../../workflows/messages/conversation';
import { newcomer } from '../world/people/citizens';
import { send } from '../world/simulators';
import { eventually } from '../world/waiting';
import { brings } from '../world/webhooks';
import type { World } from '../world/world';
import { openWorld } from '../world/world';
import { outgoing, storedThread, wordsIn } from './thread';

describe('a thread that another application or the page’s own inbox has taken', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const contents = async (key: string): Promise<string[]> => (await storedThread(world, key)).map(wordsIn);

  test('is left alone by the bot, is shown with what both said, and is taken up again by a bot that says what it is', async () => {
    const { phone, key } = await newcomer(world, 'Max Stone');
    await phone.hears(/What can I do/, await phone.says('hello'));
    await phone.hearsFromInbox('Hi Max, this is Jo from the shop.');
    await eventually('the staff’s words stand in the thread', async () =>
      (await contents(key)).some((content) => content.includes('Jo from the shop')),
    );
    const before = (await phone.thread()).length;
    await phone.says('hello Jo, I forgot my password');
    await phone.says('thanks');
    await eventually('the person’s words stand there too', async () => {
      const kept = await contents(key);
      return kept.some((content) => content.includes('hello Jo')) && kept.some((content) => content.includes('thanks'));
    });

    await phone.isHandedBack();
    await phone.hears(/I can send money/, await phone.says('help'));
    const heard = (await phone.heardSince(before)).map(({ text }) => text ?? '');
    expect(heard).toHaveLength(2);
    expect(heard[0]).toContain('automated');
    expect(heard[1]).toContain('I can send money');

    await phone.hears(/welcome/, await phone.says('thanks'));
    expect((await phone.thread()).filter(({ text }) => text?.includes('automated'))).toHaveLength(2);
  });

  test('says so to operators for as long as it lasts', async () => {
    const { phone, key } = await newcomer(world, 'Ola Nord');
    await phone.hears(/What can I do/, await phone.says('hello'));
    await phone.hearsFromInbox('We take it from here.');
    const handle = world.client.workflow.getHandle(conversationId(world.page, key));
    await eventually('it says so', async () => {
      const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
      return currentDetails.startsWith('Another application has the thread');
    });
  });

  test('is left alone even when a word of the person’s still comes to us as the owner', async () => {
    const { phone, key } = await newcomer(world, 'Fay Race');
    await phone.hears(/What can I do/, await phone.says('hello'));
    await phone.hearsFromInbox('Hi Fay, one moment.');
    await eventually('it is noticed', async () =>
      (await contents(key)).some((content) => content.includes('one moment')),
    );
    const answers = (await outgoing(world, key)).length;
    await brings(world, phone.psid, { message: { mid: 'm_on_its_way', text: 'I forgot my password' } });
    await phone.isHandedBack();
    await phone.hears(/welcome/, await phone.says('thanks'));
    const since = (await outgoing(world, key)).slice(answers).map(wordsIn);
    expect(since.filter((words) => words.includes('reset'))).toEqual([]);
    expect(since).toHaveLength(2);
  });

  test('hears facts about money once it is ours again', async () => {
    const { phone, key } = world.lee;
    await phone.hears(/Hello/, await phone.says('hello'));
    await phone.hearsFromInbox('Hi Lee, a word about your order.');
    await eventually('it is noticed', async () =>
      (await contents(key)).some((content) => content.includes('your order')),
    );
    const before = (await phone.thread()).length;
    const { dana } = world;
    const card = await dana.phone.hears(/Confirm/, await dana.phone.says('send $5 to Lee'));
    const { since } = await dana.phone.taps(card, 'Confirm');
    await dana.phone.hears(/You sent \$5\.00/, since);
    const waits = async () => (await outgoing(world, key)).find((row) => wordsIn(row).includes('Dana sent you'));
    expect(
      await eventually('the fact waits', async () =>
        (await waits())?.state === 'waiting-window' ? await waits() : undefined,
      ),
    ).toMatchObject({
      problem: 'thread-controlled-elsewhere',
    });
    expect((await phone.thread()).slice(before)).toEqual([]);
    await phone.isHandedBack();
    await phone.hears(/Dana sent you \$5\.00/, before);
  });

  test('tells a rep at once that a reply could not be sent', async () => {
    const { phone, key } = await newcomer(world, 'Ned Hale');
    const ana = await Rep.signIn(world.app, 'Ana', 'rep');
    const id = conversationId(world.page, key);
    await phone.hears(/asked for a person/, await phone.says('I want to talk to a person'));
    await ana.act(id, 'claim');
    await phone.hearsFromInbox('Hi Ned, Jo here.');
    await eventually('it is noticed', async () => (await contents(key)).some((content) => content.includes('Jo here')));
    const { body } = await ana.act(id, 'reply', { text: 'Hi Ned, Ana here' });
    expect(body['message']).toMatchObject({ state: 'failed' });
    expect((await outgoing(world, key)).at(-1)).toMatchObject({ problem: 'thread-controlled-elsewhere' });
  });

  test('does not keep a consent alive that was taken back meanwhile', async () => {
    const { phone, key } = world.dana;
    await phone.hearsFromInbox('Hi Dana.');
    await eventually('it is noticed', async () =>
      (await contents(key)).some((content) => content.includes('Hi Dana.')),
    );
    await send(`${world.paypal}/_sim/accounts/dana@example.com/revoke`, { what: 'wallet' });
    await eventually('the link has ended', async () => (await world.store.links.active(key)) === undefined);
    const since = (await phone.thread()).length;
    await phone.isHandedBack();
    await phone.hears(/no longer linked/, since);
  });
});
