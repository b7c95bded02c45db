import { newcomer } from '../world/people/citizens';
import type { Phone } from '../world/people/phone';
import { fault } from '../world/simulators';
import type { Fault } from '../world/simulators';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';
import { doubles, outgoing, wordsIn } from './thread';

/** How long an attempt waits for an echo here, in milliseconds. */
const ECHO_WAIT_MS = 300;

/** Longer than that, and than anything else takes. */
const LATE_ECHO_MS = 1_500;

describe('a message whose sending goes wrong', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ dependencies: { echoWaitMs: ECHO_WAIT_MS } });
  });
  afterEach(() => fetch(`${world.messenger}/_sim/faults`, { method: 'DELETE' }));
  afterAll(() => world.close());

  /** Somebody whose first words were answered, so that nothing but the next answer is under way. */
  async function somebody(name: string): Promise<{ phone: Phone; key: string }> {
    const person = await newcomer(world, name);
    await person.phone.hears(/What can I do/, await person.phone.says('hello'));
    return person;
  }

  /** Strikes sends to the person: the sign that an answer is being written counts as one. */
  const strike = ({ psid }: Phone, effect: Fault['do'], more: Partial<Fault> = { times: 2 }) =>
    fault(world.messenger, { on: { method: 'POST', path: '/messages', psid }, do: effect, ...more });

  const strikeEchoes = ({ psid }: Phone, effect: Fault['do']) =>
    fault(world.messenger, { on: { to: 'webhook', path: 'message_echoes', psid }, do: effect });

  const answerTo = async (key: string) =>
    (await outgoing(world, key)).findLast((row) => wordsIn(row).includes('welcome'));

  const stands = (key: string, state: string) =>
    eventually(`the answer stands as ${state}`, async () => {
      const row = await answerTo(key);
      return row?.state === state ? row : undefined;
    });

  test('is known to be sent by its echo when the answer to the call is lost', async () => {
    const { phone, key } = await somebody('Lost Answer');
    await strike(phone, { dropResponse: true });
    await phone.hears(/welcome/, await phone.says('thanks'));
    await stands(key, 'sent');
    expect(doubles(await phone.thread())).toEqual([]);
  });

  test('stands as "not confirmed" when no echo comes either, and is not sent again', async () => {
    const { phone, key } = await somebody('No Echo');
    await strike(phone, { dropResponse: true });
    await strikeEchoes(phone, { dropRequest: true });
    await phone.hears(/welcome/, await phone.says('thanks'));
    expect(await stands(key, 'unconfirmed')).toMatchObject({ problem: 'timed-out' });
    await phone.hears(/I can send money/, await phone.says('help'));
    expect(doubles(await phone.thread())).toEqual([]);
    expect((await answerTo(key))?.state).toBe('unconfirmed');
  });

  test('is settled later by an echo that comes late', async () => {
    const { phone, key } = await somebody('Late Echo');
    await strike(phone, { dropResponse: true });
    await strikeEchoes(phone, { delayMs: LATE_ECHO_MS });
    await phone.hears(/welcome/, await phone.says('thanks'));
    await stands(key, 'unconfirmed');
    const settled = await stands(key, 'sent');
    expect(settled.channelMessageId).toBeDefined();
    expect(doubles(await phone.thread())).toEqual([]);
  });

  test('stands as "not confirmed" when it never arrived, since nobody can tell that from the other case', async () => {
    const { phone, key } = await somebody('Never Arrived');
    await strike(phone, { dropRequest: true });
    await phone.says('thanks');
    await stands(key, 'unconfirmed');
    expect((await phone.thread()).filter(({ text }) => text?.includes('welcome'))).toEqual([]);
  });

  test.each([
    ['a server error that says nothing was sent', { status: 500, error: { code: 2 } }],
    ['a temporary failure', { status: 500, error: { code: 1200 } }],
    ['status 503', { status: 503 }],
    ['status 429', { status: 429 }],
    ['the rate limit of the Send API', { error: { code: 613 } }],
  ])('is sent again after %s, and arrives once', async (what, effect) => {
    const { phone, key } = await somebody(`After ${what}`.slice(0, 40));
    await strike(phone, effect, { times: 3 });
    await phone.hears(/welcome/, await phone.says('thanks'));
    await stands(key, 'sent');
    expect(doubles(await phone.thread())).toEqual([]);
  });

  test('is not sent again after an unknown error of Messenger, which may have sent it', async () => {
    const { phone, key } = await somebody('Code One');
    await strike(phone, { status: 500, error: { code: 1 } });
    await phone.says('thanks');
    await stands(key, 'unconfirmed');
  });

  test.each([
    ['blocked the page', { error: { code: 551 } }, 'person-unreachable'],
    ['is not to be found', { error: { code: 100, subcode: 2018001 } }, 'not-found'],
  ])('fails for good when the person %s, and the conversation goes on', async (_what, effect, problem) => {
    const { phone, key } = await somebody('Far Away');
    await strike(phone, effect);
    await phone.says('thanks');
    expect(await stands(key, 'failed')).toMatchObject({ problem });
    await phone.hears(/I can send money/, await phone.says('help'));
  });

  test('never doubles in a storm of lost calls, lost answers, refusals and slow echoes', async () => {
    const people = await Promise.all(['One', 'Two', 'Three', 'Four'].map((name) => somebody(`Storm ${name}`)));
    const storm: Fault['do'][] = [
      { dropResponse: true },
      { dropRequest: true },
      { status: 500, error: { code: 1200 } },
      { delayMs: 120 },
    ];
    for (const [place, { phone }] of people.entries()) {
      await strike(phone, storm[place] ?? {}, { rate: 0.5, seed: 20_261_124 + place });
      await strikeEchoes(phone, { delayMs: 60 * place });
    }
    for (const words of ['thanks', 'help', 'what is the weather', 'I forgot my password', 'hi', 'cancel']) {
      await Promise.all(people.map(({ phone }) => phone.says(words)));
    }
    for (const { phone, key } of people) {
      const settled = await eventually('everything has been tried', async () => {
        const rows = await outgoing(world, key);
        const open = rows.some(({ state }) => state === 'pending' || state === 'sending');
        return !open && rows.length >= 8 ? rows : undefined;
      });
      const thread = await phone.thread();
      expect(doubles(thread)).toEqual([]);
      // What arrived is known to have arrived, since its echo did; what did not is not taken for sent.
      const arrived = new Set(thread.map(({ metadata }) => metadata));
      await eventually('late echoes have settled', async () => {
        const rows = await outgoing(world, key);
        return rows.every(({ state, messageId }) => (state === 'sent') === arrived.has(messageId));
      });
      expect(settled.map(({ state }) => state)).toEqual(expect.arrayContaining(['sent']));
    }
  }, 45_000);
});
