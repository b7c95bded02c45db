import { randomUUID } from 'node:crypto';
import { eventually, startWorld } from './simulated-paypal';
import type { Delivered, World } from './simulated-paypal';

let world: World;
let delivered: Delivered;

beforeAll(async () => {
  world = await startWorld();
  const { email } = await world.account();
  const { token } = await world.vaulted(email);
  const paymentId = randomUUID();
  const amount = { minor: 2_000, currency: 'USD' } as const;
  await world.paypal.charge({ paymentId, key: `${paymentId}:charge:0`, amount, vaultToken: token });
  delivered = await eventually('a delivery of the charge', () =>
    Promise.resolve(world.deliveries.find(({ body }) => body.includes('PAYMENT.CAPTURE.COMPLETED'))),
  );
});
afterAll(() => world.close());

it('A real delivery is accepted', async () => {
  const { event } = await world.verifierFor().verify(delivered.body, delivered.headers);
  expect(event).toMatchObject({ kind: 'charge', state: 'completed' });
});

it('A real delivery with one digit of its amount changed is refused', async () => {
  const forged = Buffer.from(delivered.body.toString().replace('20.00', '90.00'));
  expect(forged.equals(delivered.body)).toBe(false);
  await expect(world.verifierFor().verify(forged, delivered.headers)).rejects.toMatchObject({ code: 'signature' });
});

it('A real delivery for another webhook is refused', async () => {
  const another = world.verifierFor({ webhookId: '9XX00000X0000000X' });
  await expect(another.verify(delivered.body, delivered.headers)).rejects.toMatchObject({ code: 'signature' });
});

it('A real delivery is refused where only PayPal itself is believed', async () => {
  const strict = world.verifierFor({ certificateHosts: undefined, trustedRoots: undefined });
  await expect(strict.verify(delivered.body, delivered.headers)).rejects.toMatchObject({ code: 'certificate-address' });
  const { host } = new URL(world.url);
  const systemRoots = world.verifierFor({ certificateHosts: [{ host, protocol: 'http:' }], trustedRoots: undefined });
  await expect(systemRoots.verify(delivered.body, delivered.headers)).rejects.toMatchObject({
    code: 'certificate-untrusted',
  });
});

it('A real delivery four days later is refused', async () => {
  const later = world.verifierFor({ now: () => Date.now() + 4 * 86_400_000 });
  await expect(later.verify(delivered.body, delivered.headers)).rejects.toMatchObject({ code: 'transmission-time' });
});

it('Every delivery twice, and out of order, verifies each time with the id of its event', async () => {
  await world.fault({ on: { to: 'webhook' }, do: { duplicate: true }, times: 4 });
  const before = world.deliveries.length;
  const { email } = await world.account();
  await world.vaulted(email);
  await eventually('two deliveries', () => Promise.resolve(world.deliveries.length >= before + 2 ? true : undefined));
  const ids = (await world.received()).slice(before).map(({ id }) => id);
  expect(new Set(ids).size).toBeLessThan(ids.length);
});
