import { linker, links } from './linking';
import { linkAccount } from '../world/people/browser';
import { callsOf, fault } from '../world/simulators';
import { eventually } from '../world/waiting';
import { brings } from '../world/webhooks';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('unlinking', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  test('logging out in Messenger ends the link here and the consent at PayPal, even when PayPal is away at first', async () => {
    const one = await linker(world, 'Log Outer');
    await links(one);
    const { linkId = '' } = (await world.store.links.active(one.key)) ?? {};
    const token = await world.store.links.token(linkId);
    await fault(world.paypal, { on: { method: 'DELETE', path: '/v3/vault' }, do: { status: 503 }, times: 2 });
    await logsOut(one.phone.psid);
    await one.phone.hears(/no longer linked/, 0);
    expect(await world.store.links.active(one.key)).toBeUndefined();
    const deletions = (await callsOf(world.paypal)).filter(
      ({ method, path }) => method === 'DELETE' && path.endsWith(String(token)),
    );
    expect(deletions.map(({ status }) => status)).toContain(204);
  });

  test('what PayPal then says about the consent that we ended does not end the next link', async () => {
    const one = await linker(world, 'Back Again');
    await links(one);
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
    const since = (await one.phone.thread()).length;
    await linkAccount(one.phone, one.email);
    await end();
    await eventually('PayPal’s late word has come', async () => late.length > 0);
    expect(late).toEqual([200]);
    await one.phone.hears(/welcome/, await one.phone.says('thanks'));
    expect(await world.store.links.active(one.key)).toBeDefined();
    expect((await one.phone.heardSince(since)).filter(({ text }) => text?.includes('no longer linked'))).toEqual([]);
  });

  test('unlinking in the chat is shown by Messenger too, and its late word about it does not end the next link', async () => {
    const one = await linker(world, 'Chat Leaver');
    await links(one);
    expect(await isShownAsLinked(one.phone.psid)).toBe(true);
    const question = await one.phone.hears(/Unlink your PayPal/, await one.phone.says('unlink my paypal'));
    const { since } = await one.phone.taps(question, 'Yes, unlink it');
    await one.phone.hears(/no longer linked/, since);
    await eventually('Messenger shows it', async () => !(await isShownAsLinked(one.phone.psid)));
    const unlinkedAt = Date.now();
    await linkAccount(one.phone, one.email);
    await logsOut(one.phone.psid, unlinkedAt);
    await one.phone.hears(/welcome/, await one.phone.says('thanks'));
    expect(await world.store.links.active(one.key)).toBeDefined();
    const heard = await one.phone.heardSince(since);
    expect(heard.filter(({ text }) => text?.includes('no longer linked'))).toHaveLength(1);
  });

  async function isShownAsLinked(psid: string): Promise<boolean | undefined> {
    const answer = await fetch(`${world.messenger}/_sim/people`);
    const { people } = (await answer.json()) as { people: { psid: string; linked: boolean }[] };
    return people.find((person) => person.psid === psid)?.linked;
  }

  async function logsOut(psid: string, at?: number): Promise<void> {
    await brings(world, psid, { account_linking: { status: 'unlinked' } }, at);
  }
});
