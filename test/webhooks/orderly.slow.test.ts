import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { payloadOf } from '../../src/domain/chat/actions';
import { newcomer } from '../world/people/citizens';
import type { Phone } from '../world/people/phone';
import { wordsOf } from '../world/people/phone';
import { send } from '../world/simulators';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

const RUNS = 15;
/** Runs side by side: most of a run is waiting. */
const AT_ONCE = 5;
const SEED = 20_261_124;

/** Answers that come last and once: everything before has been handled by then. */
const FENCE = { says: 'show my payments', answer: /no payments yet/ };

/** What a person may do, each with an id of its own so that a copy of it is recognised. */
type Act = (mid: string) => object;
const text =
  (words: string): Act =>
  (mid) => ({ message: { mid, text: words } });

const ACTS: Record<string, Act> = {
  hello: text('hello'),
  thanks: text('thanks'),
  menu: text('help'),
  password: text('I forgot my password'),
  no: text('no'),
  nonsense: text('xyzzy'),
  send: text('send $5 to lee@example.com'),
  cancel: text('cancel'),
  amount: text('$20'),
  picture: (mid) => ({ message: { mid, attachments: [{ type: 'image', payload: { url: 'https://example.com/a' } }] } }),
  tap: (mid) => ({ postback: { mid, title: 'Help', payload: payloadOf('menu.help') } }),
  quickReply: (mid) => ({ message: { mid, text: 'Help', quick_reply: { payload: payloadOf('menu.help') } } }),
  foreign: (mid) => ({ postback: { mid, title: 'Old', payload: 'DEVELOPER_DEFINED_PAYLOAD' } }),
  reaction: (mid) => ({ reaction: { mid, action: 'react', emoji: '👍', reaction: 'like' } }),
  read: () => ({ read: { watermark: 1_700_000_000_000 } }),
  unknown: () => ({ game_play: { game_id: '1' } }),
};

/** One run: what each of two or three people does, in which order it comes in, what comes twice, and how it is batched. */
const storm = fc.record({
  people: fc.array(fc.array(fc.constantFrom(...Object.keys(ACTS)), { minLength: 1, maxLength: 3 }), {
    minLength: 2,
    maxLength: 3,
  }),
  /** Whose next event comes next. */
  order: fc.array(fc.nat(2), { minLength: 9, maxLength: 9 }),
  /** After which events one that came before comes again, counted back. */
  again: fc.array(fc.record({ after: fc.nat(8), back: fc.nat(5) }), { maxLength: 5 }),
  /** Sizes of the bodies. */
  sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 20, maxLength: 20 }),
});
type Storm = typeof storm extends fc.Arbitrary<infer S> ? S : never;

describe('events that are doubled, shuffled across people and batched at random', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  /** Somebody whom the bot has greeted, so that it may write to them. */
  async function somebody(): Promise<Phone> {
    const { phone } = await newcomer(world, 'Alex Same');
    await phone.hears(/What can I do/, await phone.says('hello'));
    return phone;
  }

  const deliver = (messaging: object[]): Promise<unknown> =>
    send(`${world.messenger}/_sim/webhooks`, {
      body: {
        object: 'page',
        entry: messaging.map((item) => ({ id: world.page, time: Date.now(), messaging: [item] })),
      },
    });

  const item = ({ psid }: Phone, act: string, place: number): object => ({
    sender: { id: psid },
    recipient: { id: world.page },
    timestamp: Date.now() + place,
    ...ACTS[act]?.(`m_${randomUUID()}`),
  });

  /** What the person has seen of the page, once everything that came in was handled. */
  async function seen(phone: Phone): Promise<string[]> {
    await phone.hears(FENCE.answer, await phone.says(FENCE.says));
    return (await phone.heardSince(0)).map((message) => withoutChance(wordsOf(message)));
  }

  async function orderly(acts: string[]): Promise<string[]> {
    const phone = await somebody();
    for (const [place, act] of acts.entries()) await deliver([item(phone, act, place)]);
    return seen(phone);
  }

  async function disorderly({ people, order, again, sizes }: Storm): Promise<string[][]> {
    const phones = await Promise.all(people.map(somebody));
    const lines = people.map((acts, who) => {
      const phone = phones[who];
      return phone ? acts.map((act, place) => item(phone, act, place)) : [];
    });
    const arriving: object[] = [];
    const next = (who: number): void => void arriving.push(...(lines[who]?.splice(0, 1) ?? []));
    order.forEach(next);
    lines.forEach((rest) => arriving.push(...rest.splice(0)));
    for (const { after, back } of again) {
      const copied = arriving[Math.max(0, Math.min(after, arriving.length - 1) - back)];
      if (copied) arriving.splice(after + 1, 0, copied);
    }
    for (const size of sizes) {
      const body = arriving.splice(0, size);
      if (body.length === 0) break;
      await deliver(body);
      // A body whose answer got lost comes again as a whole.
      if (size === 2) await deliver(body);
    }
    if (arriving.length > 0) await deliver(arriving);
    return Promise.all(phones.map(seen));
  }

  test('show the same threads as events in good order', async () => {
    const storms = fc.sample(storm, { numRuns: RUNS, seed: SEED });
    const compared = async (one: Storm) => {
      const [expected, shown] = await Promise.all([Promise.all(one.people.map(orderly)), disorderly(one)]);
      return { storm: one, expected, shown };
    };
    for (let from = 0; from < RUNS; from += AT_ONCE) {
      const done = await Promise.all(storms.slice(from, from + AT_ONCE).map(compared));
      for (const { expected, ...one } of done) expect(one).toEqual({ storm: one.storm, shown: expected });
    }
  });
});

/** The words without what differs from one person to the next: one-time addresses, and places in the one queue. */
function withoutChance(words: string): string {
  return words
    .replace(/offer=[\w-]+/g, 'offer=…')
    .replace(/You are next|There (is one person|are \d+ people) before you/g, 'a place');
}
