import { conversationId } from '../../workflows/messages/conversation';
import { newcomer } from '../world/people/citizens';
import type { Phone } from '../world/people/phone';
import { wordsOf } from '../world/people/phone';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('help', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const somebody = (name = 'Some Body') => newcomer(world, name);
  const waits = async (key: string) => {
    const row = await world.store.conversations.find(conversationId(world.page, key));
    return row && { owner: row.owner.kind, reason: row.reason };
  };
  const forgets = async (phone: Phone) =>
    phone.hears(/reset.*password/, await phone.says('oh man, I forgot my password'));

  test('for a password is the same whether an account is linked or not, and asks whether it worked', async () => {
    const { phone: stranger } = await somebody();
    const shown = await Promise.all([stranger, world.dana.phone].map(async (phone) => wordsOf(await forgets(phone))));
    expect(shown[0]).toBe(shown[1]);
    for (const caption of ['Reset password', 'Yes', 'No', 'Talk to a person']) expect(shown[0]).toContain(caption);
    const { url = '' } = await stranger.taps(await forgets(stranger), 'Reset password');
    const page = await fetch(url);
    expect([url.startsWith(world.paypal), page.status]).toEqual([true, 200]);
  });

  test.each(['tapped', 'typed'])('a "No" that is %s leads to a person, with the reason', async (way) => {
    const { phone, key } = await somebody();
    const card = await forgets(phone);
    const since = way === 'tapped' ? (await phone.taps(card, 'No')).since : await phone.says('no, it did not');
    await phone.hears(/asked for a person/, since);
    expect(await waits(key)).toEqual({ owner: 'queue', reason: 'password-not-solved' });
    // A second "No" finds the person waiting already.
    await phone.hears(/added that/, (await phone.taps(card, 'No')).since);
  });

  test.each(['tapped', 'typed'])('a "Yes" that is %s ends it', async (way) => {
    const { phone, key } = await somebody();
    const card = await forgets(phone);
    const since = way === 'tapped' ? (await phone.taps(card, 'Yes')).since : await phone.says('yes');
    await phone.hears(/all set/, since);
    expect(await waits(key)).toMatchObject({ owner: 'bot' });
  });

  test('"yes" and "no" with nothing asked are not taken for an answer', async () => {
    const { phone, key } = await somebody();
    await phone.hears(/did not get that/, await phone.says('no'));
    expect(await waits(key)).toMatchObject({ owner: 'bot' });
  });

  test.each([
    ['at the start', async (phone: Phone) => phone.says('I want to talk to a real person')],
    ['with nothing understood', async (phone: Phone) => tapped(phone, 'xyzzy', /did not get that/)],
    ['beside the password', async (phone: Phone) => tapped(phone, 'I forgot my password', /reset/)],
    [
      'after a picture',
      async (phone: Phone) =>
        (await phone.taps(await phone.hears(/pictures/, await phone.sends('image')), 'Talk to a person')).since,
    ],
    [
      'in the middle of a payment',
      async (phone: Phone) => {
        await phone.hears(/./, await phone.says('send money'));
        return phone.says('talk to a person');
      },
    ],
  ])('a person can be asked for %s', async (_where, ask) => {
    const { phone, key } = await somebody();
    await phone.hears(/asked for a person/, await ask(phone));
    expect(await waits(key)).toEqual({ owner: 'queue', reason: 'asked-for-a-person' });
  });

  const tapped = async (phone: Phone, words: string, answer: RegExp): Promise<number> =>
    (await phone.taps(await phone.hears(answer, await phone.says(words)), 'Talk to a person')).since;

  test('who waits is told the place, which moves up when somebody leaves', async () => {
    const before = await somebody('First Waiter');
    const after = await somebody('Second Waiter');
    const place = (words = ''): number =>
      words.includes('one person before you') ? 1 : Number(/(\d+) people before you/.exec(words)?.[1] ?? 0);
    await before.phone.hears(/asked for a person/, await before.phone.says('talk to a person'));
    const queued = await after.phone.hears(/asked for a person/, await after.phone.says('talk to a person'));
    await before.phone.hears(/no longer waiting/, await leavesQueue(before.phone));
    const moved = await after.phone.hears(/added that/, await after.phone.says('are you there my friends'));
    expect(place(moved.text)).toBe(place(queued.text) - 1);
  });

  test('"cancel" with nothing open asks what: the place in the queue is given up, and the bot answers again', async () => {
    const { phone, key } = await somebody();
    await phone.hears(/asked for a person/, await phone.says('talk to a person'));
    await phone.hears(/no longer waiting/, await leavesQueue(phone));
    expect(await waits(key)).toMatchObject({ owner: 'bot', reason: undefined });
    await phone.hears(/did not get that/, await phone.says('xyzzy'));
    const asked = await phone.hears(/What shall I cancel/, await phone.says('cancel'));
    await phone.hears(/nothing to cancel/, (await phone.taps(asked, 'The payment')).since);
  });

  const leavesQueue = async (phone: Phone): Promise<number> => {
    const asked = await phone.hears(/What shall I cancel/, await phone.says('cancel'));
    return (await phone.taps(asked, 'Place in the queue')).since;
  };
});
