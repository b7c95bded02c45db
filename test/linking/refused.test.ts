import { Browser } from '../world/people/browser';
import { query } from '../world/time';
import type { World } from '../world/world';
import { openWorld } from '../world/world';
import { bringsCode, linker, logsIn, opens } from './linking';
import type { Linker } from './linking';

describe('linking that is refused', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const unlinked = async ({ key }: Linker) => expect(await world.store.links.active(key)).toBeUndefined();

  /** Presses Link, and catches the code on its way to Messenger. */
  async function codeOf(one: Linker): Promise<string> {
    const browser = await opens(one, 'Log In');
    await logsIn(browser, one.email);
    await browser.press('Link', {}, { followRedirects: false });
    return new URL(browser.location).searchParams.get('authorization_code') ?? '';
  }

  test('an offer that ran out opens no page', async () => {
    const one = await linker(world, 'Too Late');
    await query(world, `update link_sessions set expires_at = now() - interval '1 minute'`);
    const browser = await opens(one, 'Log In');
    expect(browser.text).toContain('can no longer be used');
  });

  test('an offer that was used opens no second page', async () => {
    const one = await linker(world, 'Used Up');
    const browser = await opens(one, 'Log In');
    await logsIn(browser, one.email);
    expect((await opens(one, 'Log In')).text).toContain('can no longer be used');
  });

  test('another browser cannot go on with what the first one began', async () => {
    const one = await linker(world, 'Two Browsers');
    const browser = await opens(one, 'Log In');
    await logsIn(browser, one.email);
    const other = new Browser('another');
    await other.open(browser.url);
    expect(other.text).toContain('can no longer be used');
    await unlinked(one);
  });

  test('a page of Messenger that is none of Messenger’s is refused', async () => {
    const { phone, card } = await linker(world, 'Led Astray');
    const { url = '' } = await phone.taps(card, 'Log In');
    const astray = new URL(url);
    astray.searchParams.set('redirect_uri', 'https://example.com/steal');
    expect((await fetch(astray)).status).toBe(400);
  });

  test('a code that another person brings back links nobody', async () => {
    const [one, other] = [await linker(world, 'Code Owner'), await linker(world, 'Code Thief')];
    const code = await codeOf(one);
    await bringsCode(world, other.phone.psid, code);
    await other.phone.hears(/could not be used/, 0);
    await unlinked(one);
    await unlinked(other);
    // The person it was made for can still use it.
    await bringsCode(world, one.phone.psid, code);
    await one.phone.hears(/is linked/, 0);
  });

  test('a code that is late, made up or used before links nothing', async () => {
    const one = await linker(world, 'Late Code');
    const code = await codeOf(one);
    await query(world, `update link_sessions set code_expires_at = now() - interval '1 minute'`);
    await bringsCode(world, one.phone.psid, code);
    await one.phone.hears(/could not be used/, 0);
    const since = (await one.phone.thread()).length;
    await bringsCode(world, one.phone.psid, 'made-up-code-made-up');
    await one.phone.hears(/could not be used/, since);
    await unlinked(one);

    const two = await linker(world, 'Used Code');
    const used = await codeOf(two);
    await bringsCode(world, two.phone.psid, used);
    await two.phone.hears(/is linked/, 0);
    const after = (await two.phone.thread()).length;
    await bringsCode(world, two.phone.psid, used);
    await two.phone.hears(/could not be used/, after);
    expect(await world.store.links.active(two.key)).toBeDefined();
  });

  test('an account that somebody else has linked stays theirs, and can still be charged', async () => {
    const one = await linker(world, 'Wants Dana');
    const browser = await opens(one, 'Log In');
    await logsIn(browser, 'dana@example.com');
    await browser.press('Link');
    await one.phone.hears(/linked to another chat/, 0);
    await unlinked(one);
    expect(await world.store.links.active(world.dana.key)).toBeDefined();
    const { phone } = world.dana;
    const card = await phone.hears(/Confirm/, await phone.says('send $5 to Lee'));
    await phone.hears(/You sent \$5\.00/, (await phone.taps(card, 'Confirm')).since);
  });
});
