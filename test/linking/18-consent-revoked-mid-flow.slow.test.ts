import { Client as Database } from 'pg';
import { linkAccount } from '../world/people/browser';
import { advance, callsOf, fault, send } from '../world/simulators';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('Row 18: a token expires or is revoked in the middle', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  async function danaConfirms(): Promise<number> {
    const { phone } = world.dana;
    const card = await phone.hears(/Confirm/, await phone.says('send $20 to Lee'));
    return (await phone.taps(card, 'Confirm')).since;
  }

  test('a consent that was taken back, of which no event told, cancels the payment and asks to link again', async () => {
    const { phone, email, key } = world.dana;
    const totals = await world.totals();
    await fault(world.paypal, { on: { to: 'webhook', path: 'PAYMENT-TOKEN' }, do: { dropRequest: true } });
    await send(`${world.paypal}/_sim/accounts/${email}/revoke`, { what: 'wallet' });
    const since = await danaConfirms();
    const told = await phone.hears(/was cancelled.*may no longer use your account.*No money has moved/, since);
    expect(told.buttons?.map(({ title }) => title)).toContain('Link on the web');
    expect(await world.balanceOf(email)).toBe('250.00');
    expect(await world.totals()).toEqual(totals);
    expect(await world.store.links.active(key)).toBeUndefined();

    const before = (await phone.thread()).length;
    await linkAccount(phone, email);
    await phone.hears(/Send \$20\.00 to Lee Wong/, before);
  });

  test('a consent that was taken back at PayPal makes the open card void, and the person is told', async () => {
    const { phone, email, key } = world.dana;
    const card = await phone.hears(/Confirm/, await phone.says('send $20 to Lee'));
    const before = (await phone.thread()).length;
    await send(`${world.paypal}/_sim/accounts/${email}/revoke`, { what: 'wallet' });
    await phone.hears(/no longer linked/, before);
    const { since } = await phone.taps(card, 'Confirm');
    await phone.hears(/no longer valid/, since);
    expect(await world.store.links.active(key)).toBeUndefined();
  });

  test('the late event about an old consent leaves the one that was given since alone', async () => {
    const { phone, email, key } = world.dana;
    const question = await phone.hears(/Unlink/, await phone.says('unlink my paypal'));
    await fault(world.paypal, { on: { to: 'webhook', path: 'PAYMENT-TOKEN' }, do: { delayMs: 2_000 } });
    await phone.hears(/no longer linked/, (await phone.taps(question, 'Yes, unlink it')).since);
    await linkAccount(phone, email);
    const linked = await world.store.links.active(key);
    expect(linked).toBeDefined();
    await eventually('the event has come', async () => (await tokenEvents()).length > 0);
    expect(await world.store.links.active(key)).toEqual(linked);
  });

  /** Events about ended consents that were handed on or found to concern nobody. */
  async function tokenEvents(): Promise<unknown[]> {
    const database = new Database({ connectionString: world.databaseUrl });
    await database.connect();
    try {
      return (
        await database.query(`select 1 from received_events where provider = 'paypal' and forwarded_at is not null`)
      ).rows;
    } finally {
      await database.end();
    }
  }

  test('the token of the application itself is renewed once per expiry, and the payment goes through', async () => {
    const { phone } = world.dana;
    await phone.hears(/You sent \$20\.00/, await danaConfirms());
    await advance(world.paypal, 'PT10H');
    const since = new Date().toISOString();
    await phone.hears(/You sent \$20\.00/, await danaConfirms());
    const renewed = (await callsOf(world.paypal, since)).filter(({ path }) => path === '/v1/oauth2/token');
    expect(renewed).toHaveLength(1);
    expect(await world.balanceOf(world.lee.email)).toBe('80.00');
  });
});
