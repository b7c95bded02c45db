import { Rep } from '../api/desk/rep';
import { conversationId } from '../../workflows/messages/conversation';
import { acquaint, linkedNewcomer } from '../world/people/citizens';
import type { Citizen } from '../world/people/citizens';
import { callsOf } from '../world/simulators';
import { hoursPass } from '../world/time';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';
import { outgoing, wordsIn } from './thread';

/** One call of the Send API that carries a message. */
interface Send {
  recipient: { id: string };
  messaging_type: string;
  tag?: string;
  persona_id?: string;
  message: { text?: string; metadata?: string };
}

describe("Messenger's windows", () => {
  let world: World;
  let ana: Rep;
  beforeAll(async () => {
    world = await openWorld();
    ana = await Rep.signIn(world.app, 'Ana', 'rep');
  });
  afterAll(() => world.close());

  /** Messages that were given to the Send API for a person. */
  async function sends(psid?: string): Promise<Send[]> {
    const calls = await callsOf(world.messenger);
    return calls
      .filter(({ method, path }) => method === 'POST' && path.includes('/messages'))
      .map(({ requestBody }) => requestBody as Send)
      .filter(({ message, recipient }) => message !== undefined && (psid === undefined || recipient.id === psid));
  }

  const stateOf = async ({ key }: Pick<Citizen, 'key'>, words: string): Promise<string | undefined> =>
    (await outgoing(world, key)).findLast((row) => wordsIn(row).includes(words))?.state;

  async function danaPays(payee: Citizen, amount: string): Promise<void> {
    const { phone } = world.dana;
    await acquaint(world.store, world.dana, { ...payee, name: payee.email });
    const card = await phone.hears(/Confirm/, await phone.says(`send ${amount} to ${payee.email}`));
    const { since } = await phone.taps(card, 'Confirm');
    await phone.hears(/You sent/, since);
  }

  test('within a day of the last act everything leaves as an answer', async () => {
    const omar = await linkedNewcomer(world, 'Omar Diaz');
    await omar.phone.hears(/What can I do/, await omar.phone.says('hello'));
    const since = (await omar.phone.thread()).length;
    await danaPays(omar, '$2');
    await omar.phone.hears(/Dana sent you \$2\.00/, since);
    expect((await sends(omar.phone.psid)).map((send) => send.messaging_type)).toEqual([
      'RESPONSE',
      'RESPONSE',
      'RESPONSE',
    ]);
  });

  test('after that, a fact about money leaves as a transactional message where the market allows it', async () => {
    const pia = await linkedNewcomer(world, 'Pia Roth');
    await pia.phone.hears(/What can I do/, await pia.phone.says('hello'));
    await hoursPass(world, 25);
    const since = (await pia.phone.thread()).length;
    await danaPays(pia, '$3');
    const heard = await pia.phone.hears(/Dana sent you \$3\.00/, since);
    expect(heard.tag).toBeUndefined();
    expect((await sends(pia.phone.psid)).at(-1)).toMatchObject({ messaging_type: 'UTILITY' });
  });

  test('elsewhere it waits, and leaves with the next act of the person, before the answer to it', async () => {
    const uwe = await linkedNewcomer(world, 'Uwe Lang', { locale: 'de_DE', country: 'DE' });
    await uwe.phone.hears(/What can I do/, await uwe.phone.says('hello'));
    await hoursPass(world, 25);
    const before = (await uwe.phone.thread()).length;
    await danaPays(uwe, '$4');
    await eventually('it waits', async () => (await stateOf(uwe, '$4.00')) === 'waiting-window');
    expect(await uwe.phone.thread()).toHaveLength(before);

    await uwe.phone.hears(/welcome/, await uwe.phone.says('thanks'));
    const heard = (await uwe.phone.heardSince(before)).map(({ text }) => text ?? '');
    expect(heard.findIndex((text) => text.includes('$4.00'))).toBe(0);
    expect(await stateOf(uwe, '$4.00')).toBe('sent');
  });

  test('seven days after an advertisement led somebody here everything still leaves as an answer', async () => {
    const ada = await linkedNewcomer(world, 'Ada Moreau', { locale: 'fr_FR', country: 'FR' });
    await ada.phone.comesFrom('ADS');
    await ada.phone.hears(/What can I do/, 0);
    await hoursPass(world, 6 * 24);
    const since = (await ada.phone.thread()).length;
    await danaPays(ada, '$5');
    await ada.phone.hears(/Dana sent you \$5\.00/, since);
    expect((await sends(ada.phone.psid)).at(-1)).toMatchObject({ messaging_type: 'RESPONSE' });

    await hoursPass(world, 2 * 24);
    await danaPays(ada, '$6');
    await eventually('now it waits', async () => (await stateOf(ada, '$6.00')) === 'waiting-window');
  });

  test("a rep's own words leave for seven days, after the first under the tag for humans, and then wait", async () => {
    const { phone, key } = await linkedNewcomer(world, 'Ida Berg', { locale: 'sv_SE', country: 'SE' });
    const id = conversationId(world.page, key);
    await phone.hears(/asked for a person/, await phone.says('I want to talk to a person'));
    expect((await ana.act(id, 'claim')).status).toBe(200);
    const told = (await phone.thread()).length;
    await phone.hears(/Ana has joined/, 0);

    await ana.act(id, 'reply', { text: 'within the day' });
    expect((await phone.hears(/within the day/, 0)).tag).toBeUndefined();
    await hoursPass(world, 30);
    await ana.act(id, 'reply', { text: 'on the second day' });
    expect((await phone.hears(/on the second day/, told)).tag).toBe('HUMAN_AGENT');
    await hoursPass(world, 6 * 24);
    const late = await ana.act(id, 'reply', { text: 'after a week' });
    expect(late.body['message']).toMatchObject({ state: 'waiting-window' });
    await phone.says('are you still there?');
    await phone.hears(/after a week/, told);
    await ana.act(id, 'resolve', { reason: 'answered' });
  });

  test("the service's own words about a rep never leave under that tag, nor as transactional", async () => {
    const { phone, key } = await linkedNewcomer(world, 'Eva Quist');
    const id = conversationId(world.page, key);
    await phone.hears(/asked for a person/, await phone.says('I want to talk to a person'));
    await hoursPass(world, 30);
    await ana.act(id, 'claim');
    await ana.act(id, 'reply', { text: 'sorry for the wait' });
    expect((await phone.hears(/sorry for the wait/, 0)).tag).toBe('HUMAN_AGENT');
    expect(await stateOf({ key }, 'has joined')).toBe('waiting-window');
    await phone.says('no problem');
    await phone.hears(/Ana has joined/, 0);
    await ana.act(id, 'resolve', { reason: 'answered' });
  });

  test('no other tag ever leaves, and that one only under the name of a human', async () => {
    for (const { messaging_type, tag, persona_id } of await sends()) {
      expect(['RESPONSE', 'MESSAGE_TAG', 'UTILITY']).toContain(messaging_type);
      expect(tag === undefined || (tag === 'HUMAN_AGENT' && persona_id !== undefined)).toBe(true);
      expect(messaging_type === 'MESSAGE_TAG').toBe(tag !== undefined);
    }
  });
});
