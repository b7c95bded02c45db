import { randomUUID } from 'node:crypto';
import { failureOf } from '../recording-server';
import { startWorld } from './simulated-paypal';
import type { World } from './simulated-paypal';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.control('DELETE', 'faults');
});
afterAll(() => world.close());

const RETURN = { returnUrl: 'http://127.0.0.1:3000/link/done', cancelUrl: 'http://127.0.0.1:3000/link/no' };

describe('logging in', () => {
  it('tells who it was', async () => {
    const { email, payerId } = await world.account({ name: 'Kim Ito', country: 'US' });
    expect(await world.logIn(email)).toEqual({ payerId, name: 'Kim Ito', email, country: 'US', verified: true });
  });

  it('with a code that another browser began is refused', async () => {
    const { email } = await world.account();
    expect(await failureOf(world.logIn(email, 'v'.repeat(43)))).toMatchObject({
      outcome: 'needs-person',
      detail: { providerCode: 'invalid_grant' },
    });
  });
});

describe('the consent to be charged', () => {
  it('is asked for, given, kept, and ended', async () => {
    const { email, payerId } = await world.account();
    const key = randomUUID();
    const setup = await world.paypal.beginVault({ key, ...RETURN });
    expect(await world.paypal.beginVault({ key, ...RETURN })).toEqual(setup);
    const early = world.paypal.completeVault({ key: `${key}:early`, setupId: setup.setupId });
    expect(await failureOf(early)).toMatchObject({ outcome: 'needs-person', reason: 'payer-action-required' });

    const back = new URL(await world.approve(setup.approveUrl, email));
    expect(back.pathname).toBe('/link/done');
    const wallet = await world.paypal.completeVault({ key: `${key}:token`, setupId: setup.setupId });
    expect(wallet).toMatchObject({ payerId, email });

    await world.paypal.removeVault(wallet.token);
    await world.paypal.removeVault(wallet.token);
    await world.paypal.removeVault('never0there');
    await world.event('consent-revoked', ({ token }) => token === wallet.token);
  });

  it('that was completed under a key that is forgotten is found again', async () => {
    const { email } = await world.account();
    const setup = await world.paypal.beginVault({ key: randomUUID(), ...RETURN });
    await world.approve(setup.approveUrl, email);
    const first = await world.paypal.completeVault({ key: randomUUID(), setupId: setup.setupId });
    expect(await world.paypal.completeVault({ key: randomUUID(), setupId: setup.setupId })).toEqual(first);
  });

  it('whose completion was lost on the way is completed once', async () => {
    const { email } = await world.account();
    const setup = await world.paypal.beginVault({ key: randomUUID(), ...RETURN });
    await world.approve(setup.approveUrl, email);
    await world.fault({
      on: { method: 'POST', path: '/v3/vault/payment-tokens' },
      do: { dropResponse: true },
      times: 1,
    });
    const request = { key: randomUUID(), setupId: setup.setupId };
    expect(await failureOf(world.paypal.completeVault(request))).toMatchObject({ outcome: 'unknown' });
    expect(await world.paypal.completeVault(request)).toMatchObject({ email });
  });

  it('that lapsed cannot be completed', async () => {
    const setup = await world.paypal.beginVault({ key: randomUUID(), ...RETURN });
    await world.advance('P4D');
    const late = world.paypal.completeVault({ key: randomUUID(), setupId: setup.setupId });
    expect(await failureOf(late)).toMatchObject({ outcome: 'final', reason: 'not-found' });
  });
});

it('A token that PayPal forgot is fetched anew without anybody noticing', async () => {
  await world.advance('P1D');
  await expect(world.paypal.beginVault({ key: randomUUID(), ...RETURN })).resolves.toBeDefined();
});

it('Everything said about linking conforms to the published specification', async () => {
  expect(await world.conformance()).toMatch(/^\d+ exchanges[^\n]*\n\d+ passed, 0 failed\n$/m);
});
