import { randomUUID } from 'node:crypto';
import type { Currency } from '../../../../src/domain/money/amounts';
import { failureOf } from '../recording-server';
import { eventually, startWorld } from './simulated-paypal';
import type { World } from './simulated-paypal';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function chargeIn(currency: Currency, minor: number, balance: string) {
  const payer = await world.account({ balances: { [currency]: balance } });
  const { token } = await world.vaulted(payer.email);
  const paymentId = randomUUID();
  const amount = { minor, currency };
  return { payer, request: { paymentId, key: `${paymentId}:charge:1`, amount, vaultToken: token } };
}

const balanceOf = async (email: string, currency: Currency): Promise<string | undefined> =>
  (await world.control<{ balances: Record<string, string> }>('GET', `accounts/${email}`)).balances[currency];

describe('currencies', () => {
  it.each([
    ['JPY', 3_000, '10000', '7000'],
    ['HUF', 3_000, '10000', '7000'],
    ['TWD', 3_000, '10000', '7000'],
    ['EUR', 3_000, '100.00', '70.00'],
  ] as const)('%s: %i minor units are charged, paid out and given back exactly', async (currency, minor, has, left) => {
    const { payer, request } = await chargeIn(currency, minor, has);
    const charge = await world.paypal.charge(request);
    expect(charge).toMatchObject({ state: 'completed', gross: { minor, currency } });
    expect(Number.isInteger(charge.fee.minor)).toBe(true);
    expect(await balanceOf(payer.email, currency)).toBe(left);

    const payee = await world.account({ balances: {} });
    const amount = { minor: Math.floor(minor / 3), currency };
    const payment = { paymentId: randomUUID(), key: randomUUID(), amount };
    const { batchId } = await world.paypal.payOut({ ...payment, receiver: { kind: 'email', email: payee.email } });
    const paid = await eventually('the payout is settled', async () => {
      const payout = await world.paypal.findPayout(batchId);
      return payout.state === 'pending' ? undefined : payout;
    });
    expect(paid).toMatchObject({ state: 'paid', amount });
    expect(await balanceOf(payee.email, currency)).toBe(currency === 'EUR' ? '10.00' : '1000');

    // What is left on our account after fees and payout covers a part of the charge.
    const part = { minor: Math.floor(minor / 2), currency };
    await world.paypal.refund({ captureId: charge.captureId, key: `${payment.key}:refund:1`, amount: part });
    expect(await balanceOf(payer.email, currency)).toBe(currency === 'EUR' ? '85.00' : '8500');
  });

  it.each([
    ['a currency of three decimals', { minor: 1_500, currency: 'KWD' }, 'CURRENCY_NOT_SUPPORTED'],
    ['nothing', { minor: 0, currency: 'USD' }, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    ['less than nothing', { minor: -100, currency: 'JPY' }, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    ['parts of a cent', { minor: 0.5, currency: 'USD' }, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
  ] as const)('%s is refused before anything is sent', async (_what, amount, providerCode) => {
    const { request } = await chargeIn('USD', 100, '100.00');
    const refused = { outcome: 'final', reason: 'invalid-request', detail: { providerCode } };
    const since = await world.control<{ requests: unknown[] }>('GET', 'requests');
    expect(await failureOf(world.paypal.charge({ ...request, amount }))).toMatchObject(refused);
    expect(
      await failureOf(
        world.paypal.payOut({ paymentId: 'p', key: 'p', amount, receiver: { kind: 'email', email: 'a@example.com' } }),
      ),
    ).toMatchObject(refused);
    expect(await failureOf(world.paypal.refund({ captureId: 'C', key: 'k', amount }))).toMatchObject(refused);
    const { requests } = await world.control<{ requests: unknown[] }>('GET', 'requests');
    expect(requests).toHaveLength(since.requests.length);
  });
});
