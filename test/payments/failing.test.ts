import { acquaint, linkedNewcomer, openAccount } from '../world/people/citizens';
import { wordsOf } from '../world/people/phone';
import { callsOf, fault, send } from '../world/simulators';
import { payoutItem } from '../world/payouts';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';
import { expectSoundBooks, floatOf } from './books';

describe('a payment that does not go as it should', () => {
  let world: World;
  let dana: World['dana'];
  let float: number;
  beforeAll(async () => {
    world = await openWorld();
    dana = world.dana;
    float = await floatOf(world);
  });
  afterAll(() => world.close());
  afterEach(async () => {
    await fetch(`${world.paypal}/_sim/faults`, { method: 'DELETE' });
    await expectSoundBooks(world, float);
  });

  async function pays(amount: string, to = 'Lee'): Promise<number> {
    const card = await dana.phone.hears(/Confirm/, await dana.phone.says(`send ${amount} to ${to}`));
    return (await dana.phone.taps(card, 'Confirm')).since;
  }

  const latest = async () => (await world.store.payments.ofPayer(dana.key, 1))[0];
  /** Calls of PayPal that made something new, of this kind. */
  const made = async (path: string, amount: string): Promise<number> =>
    (await callsOf(world.paypal)).filter(
      (call) =>
        call.method === 'POST' &&
        call.path === path &&
        call.status === 201 &&
        JSON.stringify(call.requestBody).includes(`"${amount}"`),
    ).length;

  test('is said kindly when the charge is declined, with what to do, and that no money moved', async () => {
    const before = await world.balanceOf(dana.email);
    await fault(world.paypal, {
      on: { method: 'POST', path: '/v2/checkout/orders' },
      do: { error: { name: 'UNPROCESSABLE_ENTITY', issue: 'INSTRUMENT_DECLINED' } },
      times: 1,
    });
    const told = await dana.phone.hears(/was not sent/, await pays('$5'));
    for (const words of ['No money has moved', 'try again', 'Talk to a person']) expect(wordsOf(told)).toContain(words);
    expect(await world.balanceOf(dana.email)).toBe(before);
    expect(await latest()).toMatchObject({ state: 'declined' });
  });

  test('takes the money once and pays once when the answer to the charge is lost', async () => {
    const before = Number(await world.balanceOf(dana.email));
    await fault(world.paypal, {
      on: { method: 'POST', path: '/v2/checkout/orders' },
      do: { dropResponse: true },
      times: 2,
    });
    await dana.phone.hears(/You sent \$5\.01/, await pays('$5.01'));
    expect(before - Number(await world.balanceOf(dana.email))).toBeCloseTo(5.01);
    expect(await made('/v1/payments/payouts', '5.01')).toBe(1);
  });

  test('pays once when the answer to the payout is lost', async () => {
    const before = Number(await world.balanceOf('lee@example.com'));
    await fault(world.paypal, {
      on: { method: 'POST', path: '/v1/payments/payouts' },
      do: { dropResponse: true },
      times: 1,
    });
    await dana.phone.hears(/You sent \$5\.02/, await pays('$5.02'));
    expect(Number(await world.balanceOf('lee@example.com')) - before).toBeCloseTo(5.02);
    expect(await made('/v1/payments/payouts', '5.02')).toBe(1);
  });

  test.each(['restricted', 'closed'] as const)('gives all of it back when the payee’s account is %s', async (state) => {
    const name = state === 'restricted' ? 'Rita Stricted' : 'Clo Sed';
    const payee = await linkedNewcomer(world, name);
    await acquaint(world.store, dana, { email: payee.email, name, key: payee.key });
    const before = await world.balanceOf(dana.email);
    await send(`${world.paypal}/_sim/accounts/${payee.email}`, { state }, 'PATCH');
    const since = await pays('$5.03', payee.email);
    expect(wordsOf(await dana.phone.hears(/went back to/, since))).toContain('$5.03');
    expect(await world.balanceOf(dana.email)).toBe(before);
    expect(await latest()).toMatchObject({ state: 'refunded' });
    expect((await payee.phone.heardSince(0)).filter((message) => /5\.03/.test(wordsOf(message)))).toEqual([]);
  });

  test('waits for somebody who has no account yet, and tells the payer when it is claimed', async () => {
    const email = 'new.friend@example.com';
    await acquaint(world.store, dana, { email, name: email });
    const since = await pays('$5.04', email);
    const told = await dana.phone.hears(/waits there/, since);
    expect(wordsOf(told)).toContain('n…d@example.com');
    await openAccount(world, { email, name: 'New Friend' });
    await dana.phone.hears(/has arrived/, since);
    await eventually('it has arrived', async () => (await latest())?.state === 'paid');
    expect(await world.balanceOf(email)).toBe('5.04');
  });

  test('is given back when what nobody has claimed is returned', async () => {
    const email = 'never@example.com';
    await acquaint(world.store, dana, { email, name: email });
    const before = await world.balanceOf(dana.email);
    const since = await pays('$5.05', email);
    await dana.phone.hears(/waits there/, since);
    const payment = await latest();
    const payout = payment && (await world.store.payments.payoutOf(payment.paymentId));
    const item = await payoutItem(world, payout?.batchId ?? '');
    await send(`${world.paypal}/_sim/payout-items/${item?.payout_item_id}`, { status: 'RETURNED' });
    await dana.phone.hears(/went back/, since);
    expect(await world.balanceOf(dana.email)).toBe(before);
    expect(await latest()).toMatchObject({ state: 'refunded' });
  });

  // Last: Dana has no consent at PayPal any more.
  test('is said to need linking again when the consent has ended at PayPal before it said so', async () => {
    const before = await world.balanceOf(dana.email);
    await fault(world.paypal, { on: { to: 'webhook', path: 'VAULT' }, do: { status: 503 } });
    await send(`${world.paypal}/_sim/accounts/dana@example.com/revoke`, { what: 'wallet' });
    const told = await dana.phone.hears(/was cancelled/, await pays('$5.06'));
    expect(wordsOf(told)).toContain('Link it again');
    expect(await world.balanceOf(dana.email)).toBe(before);
  });
});
