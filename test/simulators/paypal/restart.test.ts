import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DANA, LEE, Listener, SimulatedPayPal, eventually } from './simulated-paypal';

const adminUrl = process.env['TEST_DATABASE_URL'] ?? '';

async function admin(sql: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe('a simulator with a database', () => {
  const name = `paypal_sim_${randomBytes(6).toString('hex')}`;
  const databaseUrl = (() => {
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    return url.toString();
  })();
  let listener: Listener;

  beforeAll(async () => {
    await admin(`create database ${name}`);
    listener = await Listener.start();
  });
  afterAll(async () => {
    await listener.stop();
    await admin(`drop database ${name} with (force)`);
  });

  test('goes on where it was: money, keys, clock, certificate, and events that nobody has taken yet', async () => {
    const first = await SimulatedPayPal.start({ databaseUrl }, listener);
    await first.fault({ on: { to: 'webhook' }, do: { dropRequest: true } });
    const charged = await first.charge('10.00', { key: 'before', invoice: 'before' });
    await first.payOut('nobody-yet@example.com', '3.00', { batch: 'before' });
    await first.advance('PT2H');
    const before = { totals: await first.totals(), dana: await first.balance(DANA.email) };
    const { caCertificatePem } = first.simulator;
    await first.simulator.close();

    const second = await SimulatedPayPal.start({ databaseUrl, accounts: [LEE] }, listener);
    expect({ totals: await second.totals(), dana: await second.balance(DANA.email) }).toEqual(before);
    expect(second.simulator.caCertificatePem).toBe(caCertificatePem);
    const repeat = await second.charge('10.00', { key: 'before', invoice: 'before' });
    expect([repeat.status, repeat.body['id']]).toEqual([200, charged.body['id']]);
    expect((await second.payOut(LEE.email, '3.00', { batch: 'before' })).body['name']).toBe('USER_BUSINESS_ERROR');
    await eventually('the event of before', () => listener.types().includes('PAYMENT.CAPTURE.COMPLETED'));
    await eventually('the payout of before', () => listener.types().includes('PAYMENT.PAYOUTS-ITEM.UNCLAIMED'));
    const { now } = (await second.request('GET', '/_sim/clock')).body as unknown as { now: string };
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(7_000_000);
    await second.simulator.close();
  });

  test('has written down everything that it has answered, so that a kill loses nothing', async () => {
    const doomed = await SimulatedPayPal.start({ databaseUrl }, listener);
    const charges = await Promise.all(Array.from({ length: 30 }, () => doomed.charge('1.00')));
    // A second one on the same database sees what a killed one would have left behind at this moment.
    const survivor = await SimulatedPayPal.start({ databaseUrl }, listener);
    for (const charge of charges) {
      const order = await survivor.call('GET', `/v2/checkout/orders/${String(charge.body['id'])}`);
      expect([charge.status, order.status, order.body['status']]).toEqual([201, 200, 'COMPLETED']);
    }
    expect(await survivor.totals()).toEqual(await doomed.totals());
    expect(await survivor.balance(DANA.email)).toBe(await doomed.balance(DANA.email));
    await survivor.simulator.close();
    await doomed.simulator.close();
  });
});
