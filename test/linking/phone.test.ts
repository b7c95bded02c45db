import { linker, logsIn, opens } from './linking';
import { acquaint } from '../world/people/citizens';
import { fault, send } from '../world/simulators';
import { query } from '../world/time';
import { eventually } from '../world/waiting';
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

  test('logging out in Messenger ends the link here and the consent at PayPal, even when PayPal is away at first', async () => {
    const one = await linker(world, 'Log Outer');
    await logsInAndLinks(one);
    const { linkId = '' } = (await world.store.links.active(one.key)) ?? {};
    const token = await world.store.links.token(linkId);
    await fault(world.paypal, { on: { method: 'DELETE', path: '/v3/vault' }, do: { status: 503 }, times: 2 });
    await logsOut(one.phone.psid);
    await one.phone.hears(/no longer linked/, 0);
    expect(await world.store.links.active(one.key)).toBeUndefined();
    const charge = await fetch(`${world.paypal}/_sim/requests`);
    const deletions = ((await charge.json()) as { requests: { method: string; path: string; status: number }[] })
      .requests;
    expect(
      deletions
        .filter(({ method, path }) => method === 'DELETE' && path.endsWith(String(token)))
        .map(({ status }) => status),
    ).toContain(204);
  });

  test('what PayPal then says about the consent that we ended does not end the next link', async () => {
    const one = await linker(world, 'Back Again');
    await logsInAndLinks(one);
    const ended = await world.store.links.active(one.key);
    const token = (ended && (await world.store.links.token(ended.linkId))) ?? '';
    const late: number[] = [];
    world.server.on('request', (request, response) => {
      if (request.url !== '/webhooks/paypal') return;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('finish', () => {
        const body = Buffer.concat(chunks).toString();
        if (body.includes('VAULT.PAYMENT-TOKEN.DELETED') && body.includes(token)) late.push(response.statusCode);
      });
    });
    // PayPal's word about the deletion comes late, when the account is linked anew.
    const end = await fault(world.paypal, { on: { to: 'webhook', path: 'VAULT.PAYMENT-TOKEN' }, do: { status: 503 } });
    await logsOut(one.phone.psid);
    await one.phone.hears(/no longer linked/, 0);
    const card = await one.phone.hears(/Log In/, await one.phone.says('link my paypal account'));
    const since = (await one.phone.thread()).length;
    await logsInAndLinks({ ...one, card });
    await end();
    await eventually('PayPal’s late word has come', async () => late.length > 0);
    expect(late).toEqual([200]);
    await one.phone.hears(/welcome/, await one.phone.says('thanks'));
    expect(await world.store.links.active(one.key)).toBeDefined();
    expect((await one.phone.heardSince(since)).filter(({ text }) => text?.includes('no longer linked'))).toEqual([]);
  });

  test('is possible while a rep answers', async () => {
    const one = await linker(world, 'With Rep');
    await one.phone.hears(/asked for a person/, await one.phone.says('talk to a person'));
    const rep = await world.store.reps.signIn('Ana', 'rep');
    const press = { actionId: 'claim-of-ana', bodyHash: 'h', rep: { id: rep.repId, name: rep.name } };
    await world.gateway.act(`conversation/${world.page}/${one.key}`, 'claim', press);
    await logsInAndLinks(one);
    expect(await world.store.links.active(one.key)).toBeDefined();
  });

  test('a linked account can pay at once', async () => {
    const one = await linker(world, 'Pay Now');
    await logsInAndLinks(one);
    await acquaint(world.store, one, { email: 'lee@example.com', name: 'Lee Wong', key: world.lee.key });
    await one.phone.hears(/Confirm/, await one.phone.says('send $5 to Lee'));
  });

  async function logsInAndLinks(one: Awaited<ReturnType<typeof linker>>): Promise<void> {
    const browser = await opens(one, 'Log In');
    await logsIn(browser, one.email);
    const since = (await one.phone.thread()).length;
    await browser.press('Link');
    await one.phone.hears(/is linked/, since);
  }

  async function logsOut(psid: string): Promise<void> {
    const account_linking = { status: 'unlinked' };
    const item = { sender: { id: psid }, recipient: { id: world.page }, timestamp: Date.now(), account_linking };
    await send(`${world.messenger}/_sim/webhooks`, {
      body: { object: 'page', entry: [{ id: world.page, time: Date.now(), messaging: [item] }] },
    });
  }
});
