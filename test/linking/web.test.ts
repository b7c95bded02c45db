import { linker, logsIn, opens } from './linking';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('linking on the web, where Messenger has no log-in button', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  test('ends with a tap in the chat, which names the account', async () => {
    const lou = await linker(world, 'Lou Web', 'web');
    await expect(lou.phone.taps(lou.card, 'Log In')).rejects.toThrow('409');
    const browser = await opens(lou, 'Link on the web');
    await logsIn(browser, lou.email);
    await browser.press('Link');
    expect(browser.text).toContain('Yes, link it');
    const asked = await lou.phone.hears(/Was that you/, 0);
    expect(asked.text).toContain('Lou Web of PayPal');
    expect(asked.text).not.toContain(lou.email);
    expect(await world.store.links.active(lou.key)).toBeUndefined();
    const { since } = await lou.phone.taps(asked, 'Yes, link it');
    await lou.phone.hears(/is linked/, since);
    expect(await world.store.links.active(lou.key)).toMatchObject({ platform: 'web' });
    // The tap again brings a code that was used.
    await lou.phone.hears(/could not be used/, (await lou.phone.taps(asked, 'Yes, link it')).since);
  });

  test('a "No" in the chat links nothing: somebody else may have opened the address', async () => {
    const lou = await linker(world, 'Lou Wary', 'web');
    const browser = await opens(lou, 'Link on the web');
    await logsIn(browser, lou.email);
    await browser.press('Link');
    const asked = await lou.phone.hears(/Was that you/, 0);
    await lou.phone.hears(/Nothing was linked/, (await lou.phone.taps(asked, 'No')).since);
    await lou.phone.hears(/could not be used/, (await lou.phone.taps(asked, 'Yes, link it')).since);
    expect(await world.store.links.active(lou.key)).toBeUndefined();
  });

  test('the pages need no script and let no other page frame them', async () => {
    const lou = await linker(world, 'Lou Plain', 'web');
    const { url = '' } = await lou.phone.taps(lou.card, 'Link on the web');
    const answer = await fetch(url);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).not.toMatch(/<script/i);
  });
});
