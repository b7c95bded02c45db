import { randomUUID } from 'node:crypto';
import { conversationId } from '../../workflows/messages/conversation';
import type { Answer } from '../api/desk/rep';
import { Rep } from '../api/desk/rep';
import { newcomer } from '../world/people/citizens';
import type { Phone } from '../world/people/phone';
import { fault } from '../world/simulators';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';
import { outgoing, storedThread, wordsIn } from './thread';

describe('a conversation that a rep answers', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  let reps = 0;
  /** A rep whose slots nobody has used. */
  const rep = (name = `Rep ${(reps += 1)}`): Promise<Rep> => Rep.signIn(world.app, name);

  /** Somebody who waits for a person. */
  async function waiting(name = 'Wanda Waits'): Promise<{ phone: Phone; key: string; id: string }> {
    const { phone, key } = await newcomer(world, name);
    await phone.hears(/asked for a person/, await phone.says('I want to talk to a person'));
    return { phone, key, id: conversationId(world.page, key) };
  }

  const owner = async (id: string) => (await world.store.conversations.find(id))?.owner;
  const refusedAs = ({ status, body }: Answer) => ({ status, code: body['code'] });

  test('shows the rep’s name, carries the rep’s words, and keeps the bot silent', async () => {
    const { phone, id } = await waiting();
    const ana = await rep('Ana Ruiz');
    expect((await ana.act(id, 'claim')).status).toBe(200);
    await phone.hears(/Ana Ruiz has joined/, 0);
    const answer = await ana.act(id, 'reply', { text: 'Hi, Ana here' });
    expect(answer.body['message']).toMatchObject({ state: 'sent' });
    expect((await phone.hears(/Hi, Ana here/, 0)).persona?.name).toContain('Ana');
    const since = (await phone.thread()).length;
    for (const words of ['hello', 'I forgot my password', 'cancel', 'talk to a person']) await phone.says(words);
    await phone.sends('image');
    await ana.act(id, 'reply', { text: 'still with you' });
    await phone.hears(/still with you/, since);
    await ana.act(id, 'reply', { text: 'and still' });
    await phone.hears(/and still/, since);
    expect((await phone.heardSince(since)).map(({ text }) => text)).toEqual(['still with you', 'and still']);
    await ana.act(id, 'resolve', { reason: 'answered' });
    await phone.hears(/What can I do/, await phone.says('hello'));
  });

  test('a tap on a money card then moves nothing and says so, to the rep too', async () => {
    const { dana } = world;
    const id = conversationId(world.page, dana.key);
    const balance = await world.balanceOf(dana.email);
    const card = await dana.phone.hears(/Confirm/, await dana.phone.says('send $5 to Lee'));
    await dana.phone.hears(/asked for a person/, await dana.phone.says('talk to a person'));
    const ana = await rep();
    await ana.act(id, 'claim');
    const { since } = await dana.phone.taps(card, 'Confirm');
    await dana.phone.hears(/Nothing was sent/, since);
    expect((await storedThread(world, dana.key)).some((row) => wordsIn(row).includes('Nothing was sent'))).toBe(true);
    expect(await world.balanceOf(dana.email)).toBe(balance);
    await ana.act(id, 'return-to-bot');
  });

  test('an answer of the bot that is late is dropped when a rep has taken over meanwhile', async () => {
    const { phone, key } = await newcomer(world, 'Late Bot');
    await phone.hears(/What can I do/, await phone.says('hello'));
    const id = conversationId(world.page, key);
    const on = { method: 'POST', path: '/messages', psid: phone.psid };
    // Refused as busy: the bot keeps its answer and tries again, for as long as the fault lasts.
    const end = await fault(world.messenger, { on, do: { status: 503 } });
    await phone.says('thanks');
    await eventually('the bot has an answer that does not leave', async () =>
      (await outgoing(world, key)).some((row) => wordsIn(row).includes('welcome') && row.state === 'pending'),
    );
    const ana = await rep();
    expect((await ana.act(id, 'claim')).status).toBe(200);
    await end();
    await eventually('the late answer is dropped', async () =>
      (await outgoing(world, key)).some((row) => wordsIn(row).includes('welcome') && row.state === 'dropped'),
    );
    expect((await phone.thread()).filter(({ text }) => text?.includes('welcome'))).toEqual([]);
    await ana.act(id, 'resolve', { reason: 'answered' });
  });

  test('of two reps who claim at once one wins, and the other is told who', async () => {
    const { id } = await waiting();
    const both = await Promise.all([rep(), rep()]);
    const answers = await Promise.all(both.map((one) => one.act(id, 'claim')));
    const [won] = both.filter((_, place) => answers[place]?.status === 200);
    const [lost] = answers.filter(({ status }) => status !== 200);
    expect(won && lost && refusedAs(lost)).toEqual({ status: 409, code: 'already_claimed' });
    expect(lost?.body['owner']).toMatchObject({ kind: 'rep', rep: { id: won?.id, name: won?.name } });
    const [loser] = both.filter((one) => one !== won);
    expect(loser && refusedAs(await loser.act(id, 'reply', { text: 'me too' }))).toMatchObject({ code: 'not_owner' });
    await won?.act(id, 'resolve', { reason: 'answered' });
  });

  test('a rep has three slots over all channels; the fourth is refused, and a slot given back is free again', async () => {
    const people = await Promise.all(['One', 'Two', 'Three', 'Four'].map((name) => waiting(`${name} Waits`)));
    const ana = await rep();
    const [first, second, third, fourth] = people.map(({ id }) => id) as [string, string, string, string];
    await ana.put(`/reps/${ana.id}/other-work`, { units: 1 });
    expect([(await ana.act(first, 'claim')).status, (await ana.act(second, 'claim')).status]).toEqual([200, 200]);
    expect(refusedAs(await ana.act(third, 'claim'))).toEqual({ status: 409, code: 'over_capacity' });
    await ana.put(`/reps/${ana.id}/other-work`, { units: 0 });
    expect((await ana.act(third, 'claim')).status).toBe(200);
    expect(refusedAs(await ana.act(fourth, 'claim'))).toEqual({ status: 409, code: 'over_capacity' });
    await ana.act(first, 'resolve', { reason: 'answered' });
    expect((await ana.act(fourth, 'claim')).status).toBe(200);
    for (const id of [second, third, fourth]) await ana.act(id, 'resolve', { reason: 'answered' });
  });

  test('a rep who is away takes nothing', async () => {
    const { id } = await waiting();
    const ana = await rep();
    await ana.put('/me/status', { status: 'away' });
    expect(refusedAs(await ana.act(id, 'claim'))).toEqual({ status: 409, code: 'not_available' });
    expect(await owner(id)).toMatchObject({ kind: 'queue' });
  });

  test('a release keeps the place in the queue, whatever was said in between', async () => {
    const { phone, id } = await waiting();
    const before = (await world.store.conversations.find(id))?.waitingSince;
    const ana = await rep();
    await ana.act(id, 'claim');
    await ana.act(id, 'reply', { text: 'one moment' });
    await ana.act(id, 'release');
    await phone.hears(/old place/, 0);
    expect(await owner(id)).toMatchObject({ kind: 'queue' });
    expect((await world.store.conversations.find(id))?.waitingSince).toEqual(before);
    expect(refusedAs(await ana.act(id, 'reply', { text: 'too late' }))).toMatchObject({ code: 'not_owner' });
  });

  test('a transfer makes another rep the owner, and their slot is used instead', async () => {
    const { id } = await waiting();
    const [ana, ben] = [await rep(), await rep()];
    await ana.act(id, 'claim');
    const handed = await ana.act(id, 'transfer', { to: { repId: ben.id }, reason: 'knows this better' });
    expect(handed.status).toBe(200);
    expect(await owner(id)).toMatchObject({ kind: 'rep', rep: { id: ben.id } });
    const used = async (of: Rep) => (await world.store.reps.list()).find(({ repId }) => repId === of.id)?.used;
    expect([await used(ana), await used(ben)]).toEqual([0, 1]);
    expect(refusedAs(await ana.act(id, 'reply', { text: 'mine?' }))).toMatchObject({ code: 'not_owner' });
    expect((await ben.act(id, 'reply', { text: 'Ben here' })).status).toBe(200);
    await ben.act(id, 'return-to-bot');
    expect(await owner(id)).toMatchObject({ kind: 'bot' });
  });

  test('the same press again is the same answer and one effect; the same id for another is refused', async () => {
    const { phone, id } = await waiting();
    const ana = await rep();
    await ana.act(id, 'claim');
    const actionId = randomUUID();
    const press = { actionId, text: 'said once' };
    const answers = await Promise.all([ana.act(id, 'reply', press), ana.act(id, 'reply', press)]);
    answers.push(await ana.act(id, 'reply', press));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await phone.thread()).filter(({ text }) => text === 'said once')).toHaveLength(1);
    expect(refusedAs(await ana.act(id, 'reply', { actionId, text: 'said otherwise' }))).toEqual({
      status: 422,
      code: 'action_changed',
    });
    await ana.act(id, 'resolve', { reason: 'answered' });
  });

  test('a reply that stands as "not confirmed" is not sent twice by a retry once its echo has come', async () => {
    const { phone, key, id } = await waiting();
    const ana = await rep();
    await ana.act(id, 'claim');
    await phone.hears(/has joined/, 0);
    await ana.act(id, 'reply', { text: 'with a persona by now' });
    const on = { method: 'POST', path: '/messages', psid: phone.psid };
    await fault(world.messenger, { on, do: { dropResponse: true }, times: 1 });
    const echoes = { to: 'webhook', path: 'message_echoes', psid: phone.psid } as const;
    const end = await fault(world.messenger, { on: echoes, do: { delayMs: 1_500 } });
    const { body } = await ana.act(id, 'reply', { text: 'did it arrive?' });
    const message = body['message'] as unknown as { id: string; state: string };
    expect(message.state).toBe('unconfirmed');
    await eventually('its echo has settled it', async () =>
      (await outgoing(world, key)).some(({ messageId, state }) => messageId === message.id && state === 'sent'),
    );
    await end();
    const again = await ana.act(id, 'reply', { text: 'did it arrive?', retryOf: message.id });
    expect(again.body['message']).toEqual({ id: message.id, state: 'sent' });
    expect((await phone.thread()).filter(({ text }) => text === 'did it arrive?')).toHaveLength(1);
    await ana.act(id, 'resolve', { reason: 'answered' });
  });

  test('a note is for colleagues alone', async () => {
    const { phone, key, id } = await waiting();
    const ana = await rep();
    await ana.act(id, 'note', { text: 'careful with this one' });
    expect((await storedThread(world, key)).at(-1)).toMatchObject({ direction: 'note', rep: { id: ana.id } });
    expect((await phone.thread()).filter(({ text }) => text?.includes('careful'))).toEqual([]);
  });
});
