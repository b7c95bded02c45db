import { eventsOf } from '../world/application';
import { eventually, startWorld } from '../world/world';
import type { World } from '../world/world';

describe('Faults that aim at webhooks', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const fault = (on: object, effect: object, more: object = { times: 1 }): Promise<unknown> =>
    world.sim('POST', 'faults', { on: { to: 'webhook', ...on }, do: effect, ...more });
  const textsOf = (psid: string): (string | undefined)[] =>
    world.application
      .events()
      .filter(({ event }) => event.sender.id === psid && event.message !== undefined)
      .map(({ event }) => event.message?.text);

  test('a duplicated delivery arrives twice with the same mid', async () => {
    await fault({}, { duplicate: true });
    const psid = await world.talkingPerson();
    const [one, other] = await world.heard('message', psid, 2);
    expect(other?.message?.mid).toBe(one?.message?.mid);
  });

  test('a delivery whose answer is lost is delivered again', async () => {
    await fault({}, { dropResponse: true });
    const psid = await world.talkingPerson();
    await world.heard('message', psid, 2);
  });

  test('what a person did is delivered in the end although it was lost on the way', async () => {
    await fault({}, { dropRequest: true });
    const psid = await world.talkingPerson();
    await world.heard('message', psid);
  });

  test('through random losses and repetitions everything arrives, for every person in the order it was said', async () => {
    await fault({}, { dropResponse: true }, { rate: 0.25, seed: 7 });
    const psids = [await world.talkingPerson('Ada'), await world.talkingPerson('Bob'), await world.talkingPerson('Cy')];
    const said = ['one', 'two', 'three'];
    for (const text of said) {
      for (const psid of psids) await world.sim('POST', `people/${psid}/messages`, { text });
    }
    const arrivals = (psid: string): unknown[] => [...new Set(textsOf(psid))];
    await eventually('everything', () => psids.every((psid) => arrivals(psid).length === 4), 30_000);
    for (const psid of psids) expect(arrivals(psid)).toEqual(['hello', ...said]);
  });

  test('an echo that is lost never comes, and nothing waits for it', async () => {
    const psid = await world.talkingPerson();
    await fault({ path: 'message_echoes' }, { dropRequest: true }, {});
    await world.send(psid, { text: 'nobody will echo this' });
    await world.sim('POST', `people/${psid}/messages`, { text: 'next' });
    await eventually('the next message', () => textsOf(psid).includes('next'));
    expect(world.application.events().every(({ event }) => event.message?.is_echo !== true)).toBe(true);
  });

  test('a fault may aim at one person', async () => {
    const [ada, bob] = [await world.talkingPerson('Ada'), await world.talkingPerson('Bob')];
    await world.heard('message', ada);
    await world.heard('message', bob);
    await fault({ psid: ada }, { status: 503 }, {});
    await world.sim('POST', `people/${ada}/messages`, { text: 'held' });
    await world.sim('POST', `people/${bob}/messages`, { text: 'through' });
    await eventually('the message of Bob', () => textsOf(bob).includes('through'));
    expect(textsOf(ada)).toEqual(['hello']);
    await world.sim('DELETE', 'faults');
    await eventually('the message of Ada', () => textsOf(ada).includes('held'));
  });

  test('a shuffled delivery is overtaken by other people and still in order for its own', async () => {
    const [ada, bob] = [await world.talkingPerson('Ada'), await world.talkingPerson('Bob')];
    await world.heard('message', ada);
    await world.heard('message', bob);
    await fault({ psid: ada }, { shuffle: true });
    await world.sim('POST', `people/${ada}/messages`, { text: 'one' });
    await world.sim('POST', `people/${ada}/messages`, { text: 'two' });
    await world.sim('POST', `people/${bob}/messages`, { text: 'later' });
    await eventually('all', () => textsOf(ada).length === 3 && textsOf(bob).length === 2);
    const order = world.application.webhooks.flatMap(eventsOf).map(({ event }) => event.message?.text);
    expect(order.indexOf('later')).toBeLessThan(order.indexOf('one'));
    expect(textsOf(ada)).toEqual(['hello', 'one', 'two']);
  });
});
