import { logInAnew } from '../world/people/browser';
import type { Phone, ThreadMessage } from '../world/people/phone';
import { accessToken } from '../world/payouts';
import { callsOf, fault } from '../world/simulators';
import { query } from '../world/time';
import { tapsAnywhere } from '../world/webhooks';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('what pays', () => {
  let world: World;
  let phone: Phone;
  let totals: unknown;
  beforeEach(async () => {
    world = await openWorld();
    ({ phone } = world.dana);
    totals = await world.totals();
  });
  afterEach(async () => {
    expect(await world.totals()).toEqual(totals);
    await world.close();
  });

  const titles = (message: ThreadMessage): string[] => [
    ...(message.buttons ?? []).map(({ title }) => title),
    ...(message.quickReplies ?? []).map(({ title }) => title),
  ];
  const offered = async (order: string): Promise<ThreadMessage> => phone.hears(/Confirm/, await phone.says(order));

  /** Adds a made-up card from the answer to Change; gives where the thread was before. */
  async function addsCard(changing: ThreadMessage, words: string): Promise<number> {
    const asked = await phone.hears(/PayPal's own page/, (await phone.taps(changing, 'Add a card')).since);
    const browser = await logInAnew(phone, asked, 'Add a card', world.dana.email);
    expect(browser.text).toContain('Simulation: enter nothing real');
    const since = (await phone.thread()).length;
    await browser.press(words);
    expect(browser.text).toContain('Card added');
    return since;
  }

  async function changes(card: ThreadMessage): Promise<ThreadMessage> {
    return phone.hears(/tap what shall pay/, (await phone.taps(card, 'Change')).since);
  }

  /** The day after adding a card, when a tap is enough again. */
  async function aDayLater(): Promise<void> {
    await query(world, `update money_settings set source_changed_at = source_changed_at - interval '25 hours'`);
  }

  test('is a card that was added on the page of PayPal: the payment is offered with it, approved and charged to it', async () => {
    const card = await offered('send $20 to Lee');
    expect(JSON.stringify(card)).toContain('PayPal d…a@example.com');
    const since = await addsCard(await changes(card), 'Visa ending in 1111');
    await phone.hears(/Visa ••1111 was added/, since);
    const withCard = await phone.hears(/From: Visa ••1111/, since);
    expect(titles(withCard)).toEqual(expect.arrayContaining(['Confirm', 'Change', 'Cancel', 'Make it my default']));
    const { since: confirmed } = await phone.taps(withCard, 'Confirm');
    const asked = await phone.hears(/what pays was changed less than a day ago/, confirmed);
    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    expect(browser.text).toContain('Visa ••1111');
    await browser.press('Approve');
    await phone.hears(/You sent \$20\.00/, confirmed);
    expect(await world.balanceOf(world.dana.email)).toBe('250.00');
    expect(await world.balanceOf(world.lee.email)).toBe('60.00');
    const charges = (await callsOf(world.paypal)).filter(({ path }) => path === '/v2/checkout/orders');
    expect(charges).toHaveLength(1);
    expect(JSON.stringify(charges[0]?.requestBody)).toMatch(/"card":\{"vault_id"/);
    const again = await phone.taps(card, 'Confirm');
    await phone.hears(/no longer valid/, again.since);
  });

  test('can be changed for one payment, and kept as the default', async () => {
    const since = await addsCard(await changes(await offered('send $20 to Lee')), 'Mastercard ending in 4444');
    const withCard = await phone.hears(/From: Mastercard ••4444/, since);
    await aDayLater();
    const made = await phone.taps(withCard, 'Make it my default');
    await phone.hears(/Mastercard ••4444 is your default/, made.since);
    await aDayLater();
    const next = await offered('send $5 to Lee');
    expect(JSON.stringify(next)).toContain('From: Mastercard ••4444');
    const other = await changes(next);
    const byWallet = await phone.hears(/From: PayPal d…a/, (await phone.taps(other, 'PayPal')).since);
    await phone.hears(/You sent \$5\.00/, (await phone.taps(byWallet, 'Confirm')).since);
    expect(await world.balanceOf(world.dana.email)).toBe('245.00');
    await phone.hears(/PayPal is your default/, await phone.says('make PayPal my default'));
    expect(JSON.stringify(await offered('send $6 to Lee'))).toContain('From: PayPal d…a');
  });

  test('says what failed, that no money moved and what to do, when the bank declines the card', async () => {
    const since = await addsCard(await changes(await offered('send $20 to Lee')), 'Visa ending in 0002, without money');
    const withCard = await phone.hears(/From: Visa ••0002/, since);
    await aDayLater();
    const confirmed = await phone.taps(withCard, 'Confirm');
    await phone.hears(/was not sent: the bank declined Visa ••0002\. No money has moved/, confirmed.since);
    expect(await world.balanceOf(world.lee.email)).toBe('40.00');
  });

  test('is taken off when PayPal no longer takes it, and the payment offered from the wallet', async () => {
    const since = await addsCard(await changes(await offered('send $20 to Lee')), 'Visa ending in 1111');
    const withCard = await phone.hears(/From: Visa ••1111/, since);
    await aDayLater();
    const [source] = await world.store.sources.of(world.dana.key);
    const token = await world.store.sources.token(source?.sourceId ?? '');
    await deleteToken(token ?? '');
    const confirmed = await phone.taps(withCard, 'Confirm');
    await phone.hears(/was cancelled.*no longer lets this chat use Visa ••1111/, confirmed.since);
    const again = await phone.hears(/From: PayPal d…a/, confirmed.since);
    await phone.hears(/You sent \$20\.00/, (await phone.taps(again, 'Confirm')).since);
    expect(await world.store.sources.of(world.dana.key)).toEqual([]);
  });

  test('is taken off when its owner says so, here and at PayPal, and what paid by default is the wallet again', async () => {
    await phone.hears(/none to remove/, await phone.says('remove my card'));
    const since = await addsCard(await changes(await offered('send $20 to Lee')), 'Visa ending in 1111');
    const withCard = await phone.hears(/From: Visa ••1111/, since);
    await phone.hears(/is your default/, (await phone.taps(withCard, 'Make it my default')).since);
    const [source] = await world.store.sources.of(world.dana.key);
    const token = await world.store.sources.token(source?.sourceId ?? '');
    await aDayLater();
    const which = await phone.hears(/Which card shall I remove/, await phone.says('remove my card'));
    const { since: tapped } = await phone.taps(which, 'Visa ••1111');
    await phone.hears(/can charge it any more\. PayPal is your default/, tapped);
    const deletions = (await callsOf(world.paypal)).filter(({ method }) => method === 'DELETE');
    expect(deletions).toMatchObject([{ path: `/v3/vault/payment-tokens/${token}`, status: 204 }]);
    expect(await world.store.sources.token(source?.sourceId ?? '')).toBeUndefined();
    // The card that was to be paid by it is offered from the wallet instead, and a second tap removes nothing more.
    const confirmed = await phone.taps(withCard, 'Confirm');
    await phone.hears(/From: PayPal d…a/, confirmed.since);
    await phone.hears(/was removed: nothing here can charge it/, (await phone.taps(which, 'Visa ••1111')).since);
    expect((await callsOf(world.paypal)).filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  test('stays while a payment needs it, and is nobody else’s to take off', async () => {
    const since = await addsCard(await changes(await offered('send $20 to Lee')), 'Visa ending in 1111');
    const withCard = await phone.hears(/From: Visa ••1111/, since);
    await aDayLater();
    const which = await phone.hears(/Which card/, await phone.says('remove my card'));
    const release = await fault(world.paypal, { on: { path: '/v2/checkout/orders' }, do: { dropRequest: true } });
    const confirmed = await phone.taps(withCard, 'Confirm');
    await phone.hears(/on its way/, confirmed.since);
    await phone.hears(/paying a payment that is under way/, (await phone.taps(which, 'Visa ••1111')).since);
    await release();
    await phone.hears(/You sent \$20\.00/, confirmed.since);
    const [source] = await world.store.sources.of(world.dana.key);
    const lee = await tapsAnywhere(world, world.lee.phone, `source.remove:${source?.sourceId}`);
    await world.lee.phone.hears(/none to remove/, lee);
    expect(await world.store.sources.of(world.dana.key)).toHaveLength(1);
  });

  test('is nobody else’s to add or choose: another account gets no further, another person’s card is not taken', async () => {
    const changing = await changes(await offered('send $20 to Lee'));
    const asked = await phone.hears(/PayPal's own page/, (await phone.taps(changing, 'Add a card')).since);
    const browser = await logInAnew(phone, asked, 'Add a card', world.lee.email);
    expect(browser.text).toContain('not the PayPal account that is linked');
    expect(await world.store.sources.of(world.dana.key)).toEqual([]);
  });

  test('is kept in no readable form, and its number is known to nobody here', async () => {
    await addsCard(await changes(await offered('send $20 to Lee')), 'Visa ending in 1111');
    const [source] = await world.store.sources.of(world.dana.key);
    const token = (await world.store.sources.token(source?.sourceId ?? '')) ?? '';
    const rows = await query(world, 'select to_jsonb(funding_sources) as row from funding_sources');
    expect(rows).toHaveLength(1);
    const stored = JSON.stringify(rows);
    // Bytes and ids are hexadecimal digits, among which "1111" would be found now and then.
    expect(stored).not.toMatch(/(?<![\da-f-])1111(?![\da-f-])/);
    for (const secret of [token, 'Visa']) expect(stored).not.toContain(secret);
    for (const secret of [token, 'Visa', '1111']) expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
  });

  /** Deletes a token at PayPal behind the application's back. */
  async function deleteToken(token: string): Promise<void> {
    const answer = await fetch(`${world.paypal}/v3/vault/payment-tokens/${token}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await accessToken(world)}` },
    });
    expect(answer.status).toBe(204);
  }
});
