import { forgetExpired } from '../../../../src/simulators/paypal/state/elapse';
import { BenchBank, walletOf } from './bench-bank';

const DAY = 86_400_000;

test('what time has made useless is forgotten, and nothing that still counts', async () => {
  const bank = await BenchBank.open({});
  const charge = () =>
    bank.admit(
      'POST',
      '/v2/checkout/orders',
      {
        intent: 'CAPTURE',
        purchase_units: [{ amount: { currency_code: 'USD', value: '1.00' } }],
        payment_source: { paypal: { vault_id: walletOf(0) } },
      },
      'key',
    )();
  charge();
  const { world } = bank;
  const kept = () => ({ keys: world.keys.size, orders: world.orders.size, captures: world.captures.size });
  bank.wait(29 * DAY);
  forgetExpired(world);
  expect(kept()).toEqual({ keys: 1, orders: 1, captures: 1 });
  expect(world.events.size).toBeGreaterThan(0);
  bank.wait(17 * DAY);
  forgetExpired(world);
  expect(kept()).toEqual({ keys: 0, orders: 1, captures: 1 });
  expect(world.events.size).toBe(0);
});
