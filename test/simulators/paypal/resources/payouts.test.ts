import { DANA, LEE, SimulatedPayPal, eventually, issueOf } from '../simulated-paypal';
import type { Body } from '../simulated-paypal';

describe('payouts', () => {
  let paypal: SimulatedPayPal;
  const itemOf = (batch: Body): Body => batch['items']?.[0] as Body;

  beforeAll(async () => {
    paypal = await SimulatedPayPal.start();
  });
  afterAll(() => paypal.stop());

  test('a payout to an account arrives, and batch and item tell about it in turn', async () => {
    const before = await paypal.totals();
    const created = await paypal.payOut('LEE@example.com', '12.50', { item: { sender_item_id: 'item-1' } });
    expect([created.status, created.body['batch_header']?.['batch_status']]).toEqual([201, 'PENDING']);
    expect(await paypal.totals()).toEqual(before);
    const batch = await paypal.settled(created);
    expect(batch['batch_header']).toMatchObject({
      batch_status: 'SUCCESS',
      amount: { currency: 'USD', value: '12.50' },
    });
    expect(itemOf(batch)).toMatchObject({ transaction_status: 'SUCCESS', payout_item_fee: { value: '0.25' } });
    expect(await paypal.balance(LEE.email)).toBe('52.50');
    expect(await paypal.totals()).toEqual(before);
    const id = String(batch['batch_header']?.['payout_batch_id']);
    await paypal.hears('PAYMENT.PAYOUTSBATCH.PROCESSING', id);
    await paypal.hears('PAYMENT.PAYOUTSBATCH.SUCCESS', id);
    const { event } = await paypal.hears('PAYMENT.PAYOUTS-ITEM.SUCCEEDED', id);
    expect(event).toMatchObject({
      resource_type: 'payouts_item',
      resource: { transaction_status: 'SUCCESS', payout_batch_id: id, payout_item: { sender_item_id: 'item-1' } },
    });
  });

  test('a payout to an unknown address waits to be claimed, and is credited when the account appears', async () => {
    const batch = await paypal.settled(await paypal.payOut('new@example.com', '5.00'));
    expect(batch['batch_header']?.['batch_status']).toBe('SUCCESS');
    const item = itemOf(batch);
    expect(item).toMatchObject({ transaction_status: 'UNCLAIMED', errors: { name: 'RECEIVER_UNREGISTERED' } });
    const before = await paypal.totals();
    await paypal.request('POST', '/_sim/accounts', { email: 'New@example.com', name: 'New', country: 'US' });
    expect(await paypal.balance('new@example.com')).toBe('5.00');
    await paypal.hears('PAYMENT.PAYOUTS-ITEM.SUCCEEDED', String(item['payout_item_id']));
    expect(await paypal.totals()).toEqual(before);
  });

  test('an unclaimed payout can be cancelled once, and nothing else can', async () => {
    const item = itemOf(await paypal.settled(await paypal.payOut('nobody@example.com', '5.00')));
    const path = `/v1/payments/payouts-item/${String(item['payout_item_id'])}`;
    const cancelled = await paypal.call('POST', `${path}/cancel`);
    expect([cancelled.status, cancelled.body['transaction_status']]).toEqual([200, 'RETURNED']);
    await paypal.hears('PAYMENT.PAYOUTS-ITEM.CANCELED', String(item['payout_item_id']));
    expect((await paypal.call('POST', `${path}/cancel`)).body['name']).toBe('ITEM_ALREADY_CANCELLED');
    const paid = itemOf(await paypal.settled(await paypal.payOut(LEE.email, '1.00')));
    const late = await paypal.call('POST', `/v1/payments/payouts-item/${String(paid['payout_item_id'])}/cancel`);
    expect([late.status, late.body['name']]).toEqual([400, 'ITEM_INCORRECT_STATUS']);
  });

  test('each unclaimed payout goes back after its own thirty days of the simulated clock', async () => {
    const before = await paypal.totals();
    const pathOf = async (to: string): Promise<string> => {
      const item = itemOf(await paypal.settled(await paypal.payOut(to, '5.00')));
      return `/v1/payments/payouts-item/${String(item['payout_item_id'])}`;
    };
    const state = async (path: string): Promise<unknown> => (await paypal.call('GET', path)).body['transaction_status'];
    const early = await pathOf('early@example.com');
    const alsoEarly = await pathOf('also-early@example.com');
    await paypal.advance('P29D');
    const late = await pathOf('late@example.com');
    expect(await state(early)).toBe('UNCLAIMED');
    await paypal.advance('P2D');
    expect([await state(early), await state(alsoEarly), await state(late)]).toEqual([
      'RETURNED',
      'RETURNED',
      'UNCLAIMED',
    ]);
    await paypal.hears('PAYMENT.PAYOUTS-ITEM.RETURNED', early.split('/').at(-1) ?? '');
    await paypal.advance('P29D');
    expect(await state(late)).toBe('RETURNED');
    expect(await paypal.totals()).toEqual(before);
  });

  test('a payout to oneself denies the batch, returns the money and frees the batch id', async () => {
    const accounts = (await paypal.request('GET', '/_sim/accounts')).body['accounts'] as Body[];
    const platform = String(accounts.find(({ name }) => name === 'PayPal in Messenger')?.['email']);
    const balance = await paypal.balance(platform);
    const batch = await paypal.settled(await paypal.payOut(platform, '5.00', { batch: 'denied-1' }));
    expect(batch['batch_header']?.['batch_status']).toBe('DENIED');
    expect(itemOf(batch)).toMatchObject({ transaction_status: 'FAILED', errors: { name: 'SELF_PAY_NOT_ALLOWED' } });
    expect(await paypal.balance(platform)).toBe(balance);
    await paypal.hears('PAYMENT.PAYOUTSBATCH.DENIED');
    expect((await paypal.payOut(LEE.email, '1.00', { batch: 'denied-1' })).status).toBe(201);
  });

  test('a payout to a restricted account fails, though its batch succeeds', async () => {
    await paypal.request('PATCH', `/_sim/accounts/${LEE.email}`, { state: 'restricted' });
    const batch = await paypal.settled(await paypal.payOut(LEE.email, '1.00'));
    await paypal.request('PATCH', `/_sim/accounts/${LEE.email}`, { state: 'ok' });
    expect(batch['batch_header']?.['batch_status']).toBe('SUCCESS');
    expect(itemOf(batch)).toMatchObject({ transaction_status: 'FAILED', errors: { name: 'RECEIVER_ACCOUNT_LOCKED' } });
    await paypal.hears('PAYMENT.PAYOUTS-ITEM.FAILED', String(itemOf(batch)['payout_item_id']));
  });

  test('a held payout is released or blocked, and a paid one can be taken back', async () => {
    const before = await paypal.totals();
    await paypal.request('PATCH', `/_sim/accounts/${LEE.email}`, { reviewed: true });
    const held = itemOf(await paypal.settled(await paypal.payOut(LEE.email, '2.00')));
    await paypal.request('PATCH', `/_sim/accounts/${LEE.email}`, { reviewed: false });
    expect(held['transaction_status']).toBe('ONHOLD');
    const id = String(held['payout_item_id']);
    await paypal.hears('PAYMENT.PAYOUTS-ITEM.HELD', id);
    for (const status of ['SUCCESS', 'REVERSED']) {
      expect((await paypal.request('POST', `/_sim/payout-items/${id}`, { status })).status).toBe(200);
      expect(await paypal.totals()).toEqual(before);
    }
    expect((await paypal.request('POST', `/_sim/payout-items/${id}`, { status: 'SUCCESS' })).status).toBe(409);
  });

  test.each([
    ['a receiver that does not match its type', { recipient_type: 'PAYPAL_ID' }, 400, 'VALIDATION_ERROR'],
    ['Brazilian real', { amount: { currency: 'BRL', value: '1.00' } }, 400, 'NON_HOLDING_CURRENCY'],
    ['more than the platform has', { amount: { currency: 'USD', value: '99000000.00' } }, 422, 'INSUFFICIENT_FUNDS'],
    ['the note of a test value', { note: 'ERRPYO002' }, 403, 'SENDER_EMAIL_UNCONFIRMED'],
  ])('%s is refused', async (_what, item, status, name) => {
    const answer = await paypal.payOut(LEE.email, '1.00', { item });
    expect([answer.status, answer.body['name']]).toEqual([status, name]);
  });

  test('a batch has one currency', async () => {
    const answer = await paypal.call('POST', '/v1/payments/payouts', {
      sender_batch_header: { recipient_type: 'EMAIL' },
      items: ['USD', 'EUR'].map((currency) => ({ receiver: LEE.email, amount: { currency, value: '1.00' } })),
    });
    expect([answer.status, issueOf(answer)]).toEqual([400, 'Multiple currencies within a batch is not allowed']);
  });

  test('an unknown batch and an unknown item are 404', async () => {
    expect((await paypal.call('GET', '/v1/payments/payouts/AAAAAAAAAAAAA')).status).toBe(404);
    expect((await paypal.call('GET', '/v1/payments/payouts-item/AAAAAAAAAAAAA')).status).toBe(404);
    expect((await paypal.call('GET', '/v1/payments/payouts/ERRPYOB004')).body['batch_header']).toMatchObject({
      batch_status: 'DENIED',
    });
  });

  test('a payout settles within five seconds of real time by default', async () => {
    const usual = await SimulatedPayPal.start({ settleAfterMs: 1500 });
    const begin = Date.now();
    await usual.settled(await usual.payOut(DANA.email, '1.00'));
    expect(Date.now() - begin).toBeLessThan(5000);
    await eventually('the item event', () => usual.listener.types().includes('PAYMENT.PAYOUTS-ITEM.SUCCEEDED'));
    await usual.stop();
  });
});
