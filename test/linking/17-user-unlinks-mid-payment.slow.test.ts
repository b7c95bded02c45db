import { paymentWorkflowId } from '../../workflows/messages/payment';
import { linkAccount, logInAnew } from '../world/people/browser';
import { callsOf, fault } from '../world/simulators';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

/** Lets charges wait before anything of them is written down, until a test opens the gate. */
class Gate {
  private opening: Promise<void> = Promise.resolve();
  open: () => void = () => undefined;

  close(): void {
    this.opening = new Promise((opened) => (this.open = opened));
  }

  passed(): Promise<void> {
    return this.opening;
  }
}

describe('Row 17: the payer unlinks in the middle of a payment', () => {
  let world: World;
  let gate: Gate;
  let totals: unknown;
  beforeEach(async () => {
    gate = new Gate();
    world = await openWorld({
      wrap: (activities) => ({
        ...activities,
        charge: async (step) => {
          await gate.passed();
          return activities.charge(step);
        },
      }),
    });
    totals = await world.totals();
  });
  afterEach(async () => {
    // Whatever happened: no money was made or lost, and the token was used by nothing after it was deleted.
    expect(await world.totals()).toEqual(totals);
    const calls = await callsOf(world.paypal);
    const ended = calls.filter(({ method, path }) => method === 'DELETE' && path.includes('/payment-tokens/'));
    expect(ended.length).toBeGreaterThan(0);
    for (const deletion of ended) {
      const token = deletion.path.split('/').at(-1) ?? '';
      const after = calls.slice(calls.indexOf(deletion) + 1);
      expect(after.filter(({ requestBody }) => JSON.stringify(requestBody ?? '').includes(token))).toEqual([]);
    }
    await world.close();
  });

  async function danaConfirms(): Promise<{ since: number }> {
    const { phone } = world.dana;
    const card = await phone.hears(/Confirm/, await phone.says('send $20 to Lee'));
    return phone.taps(card, 'Confirm');
  }

  async function danaUnlinks(): Promise<number> {
    const { phone } = world.dana;
    const question = await phone.hears(/Unlink your PayPal account/, await phone.says('unlink my paypal'));
    return (await phone.taps(question, 'Yes, unlink it')).since;
  }

  async function ended(): Promise<{ end: string; id: string }> {
    const [payment] = await world.store.payments.ofPayer(world.dana.key, 1);
    const id = payment?.paymentId ?? '';
    const { end } = (await world.client.workflow.getHandle(paymentWorkflowId(id)).result()) as { end: string };
    return { end, id };
  }

  test('before the charge it is cancelled, told, and its token deleted; a new card is offered after linking again', async () => {
    const { phone, email, key } = world.dana;
    gate.close();
    const { since } = await danaConfirms();
    await phone.hears(/on its way/, since);
    const unlinking = await danaUnlinks();
    await phone.hears(/completed first/, unlinking);
    gate.open();
    expect(await ended()).toMatchObject({ end: 'cancelled' });
    await phone.hears(/was cancelled.*unlinked before it was charged/, unlinking);
    await phone.hears(/no longer linked/, unlinking);
    expect((await callsOf(world.paypal)).filter(({ path }) => path === '/v2/checkout/orders')).toEqual([]);
    expect(await world.balanceOf(email)).toBe('250.00');
    expect(await world.store.links.active(key)).toBeUndefined();

    const before = (await phone.thread()).length;
    await linkAccount(phone, email);
    const card = await phone.hears(/Send \$20\.00 to Lee Wong/, before);
    const confirmed = await phone.taps(card, 'Confirm');
    const asked = await phone.hears(/linked less than a day ago/, confirmed.since);
    const browser = await logInAnew(phone, asked, 'Approve payment', email);
    await browser.press('Approve');
    await phone.hears(/You sent \$20\.00/, confirmed.since);
    expect(await world.balanceOf(world.lee.email)).toBe('60.00');
    // The account is unlinked at the end of the story, so that its token too is deleted last.
    await phone.hears(/no longer linked/, await danaUnlinks());
  });

  test('while the charge is under way it is completed, and the account unlinked afterwards', async () => {
    const { phone, email } = world.dana;
    await fault(world.paypal, { on: { path: '/v2/checkout/orders' }, do: { delayMs: 2_500 }, times: 1 });
    const { since } = await danaConfirms();
    await eventually('the charge is asked for', async () => {
      const [payment] = await world.store.payments.ofPayer(world.dana.key, 1);
      return (await world.store.payments.stepsOf(payment?.paymentId ?? '')).length > 0;
    });
    const unlinking = await danaUnlinks();
    await phone.hears(/completed first/, unlinking);
    await phone.hears(/You sent \$20\.00/, since);
    expect(await ended()).toMatchObject({ end: 'paid' });
    await phone.hears(/no longer linked/, unlinking);
    expect(await world.balanceOf(email)).toBe('230.00');
    expect(await world.balanceOf(world.lee.email)).toBe('60.00');
  });

  test('after a charge whose answer was lost it is completed under the same key, and taken once', async () => {
    const { phone, email } = world.dana;
    await fault(world.paypal, { on: { path: '/v2/checkout/orders' }, do: { dropResponse: true }, times: 1 });
    const { since } = await danaConfirms();
    await eventually('the money was taken', async () => (await world.balanceOf(email)) === '230.00');
    const unlinking = await danaUnlinks();
    await phone.hears(/You sent \$20\.00/, since);
    expect(await ended()).toMatchObject({ end: 'paid' });
    await phone.hears(/no longer linked/, unlinking);
    expect(await world.balanceOf(email)).toBe('230.00');
  });

  test('cards that are open are void from then on', async () => {
    const { phone } = world.dana;
    const card = await phone.hears(/Confirm/, await phone.says('send $20 to Lee'));
    await phone.hears(/no longer linked/, await danaUnlinks());
    const { since } = await phone.taps(card, 'Confirm');
    await phone.hears(/no longer valid/, since);
    expect(await world.balanceOf(world.dana.email)).toBe('250.00');
  });

  test('an account that is kept after all stays as it was', async () => {
    const { phone, key } = world.dana;
    const question = await phone.hears(/Unlink your PayPal account/, await phone.says('unlink my paypal'));
    const { since } = await phone.taps(question, 'Keep it');
    await phone.hears(/stays linked/, since);
    expect(await world.store.links.active(key)).toBeDefined();
    await phone.hears(/no longer linked/, await danaUnlinks());
    await phone.hears(/nothing to unlink/, await phone.says('unlink my paypal'));
  });
});
