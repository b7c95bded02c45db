import { linker, links, logsIn, opens } from './linking';
import { acquaint } from '../world/people/citizens';
import { query } from '../world/time';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('linking on the phone', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  test('shows who is linked to whom, and links once the code came back through Messenger', async () => {
    const kim = await linker(world, 'Kim Ito');
    const browser = await opens(kim, 'Log In');
    expect(browser.text).toContain('Kim Ito');
    await logsIn(browser, kim.email);
    for (const shown of ['Kim Ito of PayPal', 'Kim Ito', '@example.com', 'Link', 'Not me']) {
      expect(browser.text).toContain(shown);
    }
    expect(browser.text).not.toContain(kim.email);
    expect(await world.store.links.active(kim.key)).toBeUndefined();
    const since = (await kim.phone.thread()).length;
    await browser.press('Link');
    await kim.phone.hears(/is linked/, since);
    expect(await world.store.links.active(kim.key)).toMatchObject({
      email: kim.email,
      platform: 'ios',
      hasToken: true,
    });
  });

  test('keeps the token that charges the wallet in no readable form', async () => {
    const { key, email, ...rest } = await linker(world, 'Pat Secret');
    const browser = await opens({ key, email, ...rest }, 'Log In');
    await logsIn(browser, email);
    await browser.press('Link');
    await rest.phone.hears(/is linked/, 0);
    const { linkId = '' } = (await world.store.links.active(key)) ?? {};
    const token = await world.store.links.token(linkId);
    expect(token).toMatch(/^\w{8,}$/);
    const columns = await query(world, `select to_jsonb(links) as row from links`);
    expect(JSON.stringify(columns)).not.toContain(token);
    const [sealed] = await query(world, `select vault_token_enc from links where person_key = $1`, [key]);
    const bytes = Buffer.from(sealed?.['vault_token_enc'] as Buffer);
    expect(bytes.length > 0 && bytes.includes(Buffer.from(token ?? ''))).toBe(false);
  });

  test('pressing Link twice links once', async () => {
    const { phone, key, email, card } = await linker(world, 'Double Press');
    const browser = await opens({ phone, key, email, card }, 'Log In');
    await logsIn(browser, email);
    const impatient = browser.copy();
    await browser.press('Link');
    await phone.hears(/is linked/, 0);
    await impatient.press('Link');
    expect(impatient.text).toMatch(/can no longer be used|run out/);
    expect((await phone.thread()).filter(({ text }) => text?.includes('is linked'))).toHaveLength(1);
    expect(await world.store.links.active(key)).toBeDefined();
  });

  test('a second press before the first answer was followed still links', async () => {
    const { phone, key, email, card } = await linker(world, 'Quick Press');
    const browser = await opens({ phone, key, email, card }, 'Log In');
    await logsIn(browser, email);
    const [first, second] = [browser.copy(), browser.copy()];
    // The browser gives the first answer up: it is sent, and nobody follows where it leads.
    await first.press('Link', {}, { followRedirects: false });
    await second.press('Link');
    await phone.hears(/is linked/, 0);
  });

  test.each([
    [
      'Not me',
      async (browser: Awaited<ReturnType<typeof opens>>, email: string) => {
        await logsIn(browser, email);
        await browser.press('Not me');
      },
    ],
    [
      'cancelling at PayPal’s agreement',
      async (browser: Awaited<ReturnType<typeof opens>>, email: string) => {
        await logsIn(browser, email);
        const session = new URL(browser.url).searchParams.get('session');
        await browser.open(`${world.app}/link/cancelled?session=${session}`);
      },
    ],
  ])('%s links nothing, and the chat says so', async (_how, gives) => {
    const one = await linker(world, 'Gives Up');
    const browser = await opens(one, 'Log In');
    await gives(browser, one.email);
    await one.phone.hears(/Nothing was linked/, 0);
    expect(browser.text).toContain('cancelled');
    expect(await world.store.links.active(one.key)).toBeUndefined();
  });

  test('is possible while a rep answers', async () => {
    const one = await linker(world, 'With Rep');
    await one.phone.hears(/asked for a person/, await one.phone.says('talk to a person'));
    const rep = await world.store.reps.signIn('Ana', 'rep');
    const press = { actionId: 'claim-of-ana', bodyHash: 'h', rep: { id: rep.repId, name: rep.name } };
    await world.gateway.act(`conversation/${world.page}/${one.key}`, 'claim', press);
    await links(one);
    expect(await world.store.links.active(one.key)).toBeDefined();
  });

  test('a linked account can pay at once', async () => {
    const one = await linker(world, 'Pay Now');
    await links(one);
    await acquaint(world.store, one, { email: 'lee@example.com', name: 'Lee Wong', key: world.lee.key });
    await one.phone.hears(/Confirm/, await one.phone.says('send $5 to Lee'));
  });
});
