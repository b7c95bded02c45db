import { acquaint, linkedNewcomer, newcomer, openAccount } from '../world/people/citizens';
import { wordsOf } from '../world/people/phone';
import { query } from '../world/time';
import { tapsAnywhere } from '../world/webhooks';
import type { World } from '../world/world';
import { openWorld } from '../world/world';
import { expectSoundBooks, floatOf } from './books';

describe('sending money in the chat', () => {
  let world: World;
  let dana: World['dana'];
  let float: number;
  let totals: unknown;
  beforeAll(async () => {
    world = await openWorld();
    dana = world.dana;
    float = await floatOf(world);
    totals = await world.totals();
  });
  afterAll(() => world.close());

  const says = (words: string, answer: RegExp) =>
    dana.phone.says(words).then((since) => dana.phone.hears(answer, since));
  const card = (words: string) => says(words, /Confirm/);
  const confirms = async (words: string) => (await dana.phone.taps(await card(words), 'Confirm')).since;

  test('from one sentence: a card with amount, payee, masked address, note, source and no fee, and both are told', async () => {
    const shown = wordsOf(await card('send $20 to Lee for pizza'));
    for (const part of ['$20.00', 'Lee Wong', 'l…e@example.com', 'pizza', 'PayPal d…a@example.com', 'No fee']) {
      expect(shown).toContain(part);
    }
    expect(shown).not.toContain('lee@example.com');
    const lee = (await world.lee.phone.thread()).length;
    const since = await confirms('send $20 to Lee for pizza');
    await dana.phone.hears(/You sent \$20\.00 to Lee Wong for pizza/, since);
    await dana.phone.hears(/"template_type":"receipt"/, since);
    expect((await world.lee.phone.hears(/Dana sent you \$20\.00/, lee)).text).toContain('pizza');
    expect([await world.balanceOf(dana.email), await world.balanceOf('lee@example.com')]).toEqual(['230.00', '60.00']);
  });

  test('the guided way asks how much and to whom', async () => {
    await says('send money', /How much/);
    await says('$11', /Who gets the \$11\.00/);
    const shown = await card('Lee');
    expect(wordsOf(shown)).toContain('Send $11.00 to Lee Wong');
    const { since } = await dana.phone.taps(shown, 'Confirm');
    await dana.phone.hears(/You sent \$11\.00/, since);
  });

  test('somebody of a friend’s name by whom one was only paid does not come in the friend’s way', async () => {
    const { store } = world;
    const name = 'Lee Stranger';
    await store.contacts.remember({ ownerKey: dana.key, email: 'lee.stranger@example.com', name });
    expect(wordsOf(await card('send $3 to Lee'))).toContain('Send $3.00 to Lee Wong');
    expect(wordsOf(await card('send $3 to Lee Stranger'))).toContain('Your first payment to them');
    await says('cancel', /Cancelled/);
  });

  test('two Lees are asked about, and the choice is who gets it', async () => {
    const other = await linkedNewcomer(world, 'Lee Adams');
    await acquaint(world.store, dana, { email: other.email, name: 'Lee Adams', key: other.key });
    totals = await world.totals();
    const asked = await says('send $3 to Lee', /Which one/);
    expect(asked.quickReplies?.map(({ title }) => title)).toEqual(['1. Lee Wong', '2. Lee Adams']);
    const chosen = await dana.phone.taps(asked, '2. Lee Adams');
    const shown = await dana.phone.hears(/Confirm/, chosen.since);
    expect(wordsOf(shown)).toContain('Send $3.00 to Lee Adams');
    const { since } = await dana.phone.taps(shown, 'Confirm');
    await dana.phone.hears(/You sent \$3\.00 to Lee Adams/, since);
    expect(await world.balanceOf(other.email)).toBe('3.00');
  });

  test('the whole name means one of them without asking', async () => {
    expect(wordsOf(await card('send $3 to Lee Wong'))).toContain('Lee Wong');
    await says('cancel', /Cancelled/);
  });

  test('a name outside of one’s own contacts is not looked for among strangers', async () => {
    await linkedNewcomer(world, 'Zoe Stranger');
    totals = await world.totals();
    await says('send $5 to Zoe', /don't find that name/);
    expect(wordsOf(await card('zoe.stranger@example.com'))).toContain('z…r@example.com');
    await says('cancel', /Cancelled/);
  });

  test('whom one was paid by can be paid by name, and is still a first payment', async () => {
    const pia = await linkedNewcomer(world, 'Pia Payee');
    totals = await world.totals();
    await acquaint(world.store, dana, { ...pia, name: 'Pia Payee' });
    await pia.phone.hears(/don't find that name/, await pia.phone.says('send $1 to Dana'));
    await dana.phone.hears(/You sent \$2\.00/, await confirms('send $2 to Pia'));
    const shown = await pia.phone.hears(/Send \$1\.00 to Dana Reyes/, await pia.phone.says('send $1 to Dana'));
    expect(wordsOf(shown)).toContain('d…a@example.com');
    expect(wordsOf(shown)).toContain('Your first payment to them');
  });

  test('one’s own address is refused', async () => {
    await says('send $5 to DANA@example.com', /your own account/);
    await says('cancel', /Cancelled/);
  });

  test.each(['$0', '-$5', '$0.50', '$10,000.01', '$1.005'])(
    'the amount %s is refused, and asked for again',
    async (amount) => {
      await says(`send ${amount} to Lee Wong`, /not an amount/);
      expect(wordsOf(await card('$4'))).toContain('Send $4.00 to Lee Wong');
      await says('cancel', /Cancelled/);
    },
  );

  test('somebody who has not linked gets the card to link, and nothing else', async () => {
    const { phone } = await newcomer(world, 'Not Linked');
    const shown = await phone.hears(/Link on the web/, await phone.says('send $5 to lee@example.com'));
    expect(wordsOf(shown)).toContain('link your PayPal account first');
    expect((await phone.heardSince(0)).filter((message) => /Confirm/.test(wordsOf(message)))).toEqual([]);
  });

  test('a tap on Confirm twice, or later again, pays once and repeats where the payment stands', async () => {
    const before = await world.balanceOf(dana.email);
    const shown = await card('send $6 to Lee Wong');
    const taps = await Promise.all([dana.phone.taps(shown, 'Confirm'), dana.phone.taps(shown, 'Confirm')]);
    await dana.phone.hears(/You sent \$6\.00/, taps[0].since);
    const { since } = await dana.phone.taps(shown, 'Confirm');
    await dana.phone.hears(/\$6\.00 to Lee Wong was sent and has arrived/, since);
    await dana.phone.hears(/too late to cancel/, (await dana.phone.taps(shown, 'Cancel')).since);
    expect(Number(before) - Number(await world.balanceOf(dana.email))).toBeCloseTo(6);
  });

  test('a card that was cancelled, changed, replaced or has expired moves nothing and says so', async () => {
    const before = await world.balanceOf(dana.email);
    const cancelled = await card('send $7 to Lee Wong');
    await dana.phone.hears(/[Cc]ancelled/, (await dana.phone.taps(cancelled, 'Cancel')).since);

    const changed = await card('send $8 to Lee Wong');
    await dana.phone.hears(/How much/, (await dana.phone.taps(changed, 'Change')).since);
    const replaced = await card('$9');
    const expired = await card('send $10 to Lee Wong');
    await query(world, `update payments set expires_at = now() - interval '1 minute' where state = 'draft'`);

    for (const old of [cancelled, changed, replaced, expired]) {
      await dana.phone.hears(/nothing was sent|Nothing/, (await dana.phone.taps(old, 'Confirm')).since);
    }
    expect(await world.balanceOf(dana.email)).toBe(before);
  });

  test('an order that came to nothing still replaces the card that was out', async () => {
    const before = await world.balanceOf(dana.email);
    const old = await card('send $12 to Lee Wong');
    await says('send $0 to Lee Wong', /not an amount/);
    await dana.phone.hears(/nothing was sent/, (await dana.phone.taps(old, 'Confirm')).since);
    const second = await card('send $13 to Lee Wong');
    await says('send $13 to Nobody I Know', /don't find that name/);
    await dana.phone.hears(/nothing was sent/, (await dana.phone.taps(second, 'Confirm')).since);
    expect(await world.balanceOf(dana.email)).toBe(before);
  });

  test('a "yes" sends nothing: the card is shown once more, and its tap does', async () => {
    const before = Number(await world.balanceOf(dana.email));
    await card('send $4 to Lee Wong');
    const since = await dana.phone.says('yes, please');
    await dana.phone.hears(/only when you tap Confirm/, since);
    const again = await dana.phone.hears(/Send \$4\.00 to Lee Wong/, since);
    expect(Number(await world.balanceOf(dana.email))).toBe(before);
    await dana.phone.hears(/You sent \$4\.00/, (await dana.phone.taps(again, 'Confirm')).since);
    expect(Number(await world.balanceOf(dana.email))).toBe(before - 4);
  });

  test('somebody else’s card moves nothing', async () => {
    const shown = await card('send $5 to Lee Wong');
    const payload = JSON.stringify(shown.template);
    const id = /payment\.confirm:([\w-]+)/.exec(payload)?.[1] ?? '';
    const since = await tapsAnywhere(world, world.lee.phone, `payment.confirm:${id}`);
    await world.lee.phone.hears(/nothing was sent/, since);
    expect((await world.store.payments.find(id))?.state).toBe('draft');
  });

  test('the books are sound, and no money appeared or was lost', async () => {
    await expectSoundBooks(world, float);
    expect(await world.totals()).toEqual(totals);
    await openAccount(world, { email: 'control@example.com', name: 'Control', usd: '1.00' });
    expect(await world.totals()).not.toEqual(totals);
  });
});
