import { DANA, DANA_WALLET, LEE, SimulatedPayPal, captureOf, issueOf } from '../simulated-paypal';

const ten = { currency_code: 'USD', value: '10.00' };
const plain = { intent: 'CAPTURE', purchase_units: [{ amount: ten }] };
const wallet = {
  ...plain,
  payment_source: {
    paypal: { experience_context: { return_url: 'http://127.0.0.1:1/back', cancel_url: 'http://127.0.0.1:1/no' } },
  },
};

describe('orders', () => {
  let paypal: SimulatedPayPal;
  const rel = (links: unknown): string[] => (links as { rel: string }[]).map((link) => link.rel);

  beforeAll(async () => {
    paypal = await SimulatedPayPal.start();
  });
  afterAll(() => paypal.stop());

  test('a vaulted wallet is charged at once, and the money less the fee is at the platform', async () => {
    const before = await paypal.totals();
    const balance = await paypal.balance(DANA.email);
    const { status, body } = await paypal.charge('10.00', { invoice: 'at-once' });
    expect(status).toBe(201);
    expect(body['status']).toBe('COMPLETED');
    expect(captureOf(body)).toMatchObject({
      status: 'COMPLETED',
      amount: ten,
      invoice_id: 'at-once',
      seller_receivable_breakdown: { paypal_fee: { value: '0.79' }, net_amount: { value: '9.21' } },
    });
    expect(Number(balance) - Number(await paypal.balance(DANA.email))).toBeCloseTo(10);
    expect(await paypal.totals()).toEqual(before);
  });

  test('charging at once without a PayPal-Request-Id is refused', async () => {
    const body = { ...plain, payment_source: { paypal: { vault_id: DANA_WALLET.paymentTokenId } } };
    const answer = await paypal.call('POST', '/v2/checkout/orders', body);
    expect(answer.status).toBe(400);
    expect(issueOf(answer)).toBe('PAYPAL_REQUEST_ID_REQUIRED');
  });

  test('an order without a payment source is 201 CREATED with a link to approve', async () => {
    const { status, body } = await paypal.call('POST', '/v2/checkout/orders', plain);
    expect(status).toBe(201);
    expect(body['status']).toBe('CREATED');
    expect(rel(body['links'])).toContain('approve');
    expect(Object.keys(body).sort()).toEqual(['id', 'links', 'status']);
  });

  test('an order with a wallet to approve is 200 PAYER_ACTION_REQUIRED with a payer-action link', async () => {
    const { status, body } = await paypal.call('POST', '/v2/checkout/orders', wallet);
    expect(status).toBe(200);
    expect(body['status']).toBe('PAYER_ACTION_REQUIRED');
    expect(rel(body['links'])).toContain('payer-action');
  });

  test('an order is captured once, after its payer has approved it on the web page', async () => {
    const created = await paypal.call('POST', '/v2/checkout/orders', wallet);
    const id = String(created.body['id']);
    const early = await paypal.call('POST', `/v2/checkout/orders/${id}/capture`, {});
    expect([early.status, issueOf(early)]).toEqual([422, 'ORDER_NOT_APPROVED']);

    const approval = await paypal.form('/checkoutnow', { token: id, email: 'Dana@Example.com' });
    expect(approval.status).toBe(303);
    expect(approval.headers.get('location')).toMatch(new RegExp(`^http://127.0.0.1:1/back\\?token=${id}&PayerID=`));
    await paypal.hears('CHECKOUT.ORDER.APPROVED', id);

    const capture = await paypal.call(
      'POST',
      `/v2/checkout/orders/${id}/capture`,
      {},
      { prefer: 'return=representation' },
    );
    expect([capture.status, capture.body['status']]).toEqual([201, 'COMPLETED']);
    const second = await paypal.call('POST', `/v2/checkout/orders/${id}/capture`, {});
    expect([second.status, issueOf(second)]).toEqual([422, 'ORDER_ALREADY_CAPTURED']);
    await paypal.hears('PAYMENT.CAPTURE.COMPLETED', String(captureOf(capture.body)['id']));
  });

  test.each([
    ['more than the payer has', 'INSTRUMENT_DECLINED', { value: '9999.00' }],
    ['three decimals', 'DECIMAL_PRECISION', { value: '1.005' }],
    ['nothing', 'CANNOT_BE_ZERO_OR_NEGATIVE', { value: '0.00' }],
    ['less than nothing', 'CANNOT_BE_NEGATIVE', { value: '-1.00' }],
    ['a currency that does not exist', 'INVALID_CURRENCY_CODE', { currency_code: 'XYZ', value: '1.00' }],
    ['half a yen', 'DECIMALS_NOT_SUPPORTED', { currency_code: 'JPY', value: '1.50' }],
  ])('an order over %s is refused with %s', async (_what, issue, amount) => {
    const body = {
      intent: 'CAPTURE',
      purchase_units: [{ amount: { ...ten, ...amount } }],
      payment_source: { paypal: { vault_id: DANA_WALLET.paymentTokenId } },
    };
    const answer = await paypal.call('POST', '/v2/checkout/orders', body, { 'paypal-request-id': paypal.key() });
    expect([answer.status, issueOf(answer)]).toEqual([422, issue]);
  });

  test('an amount may be a number, and its parts have to add up', async () => {
    const amount = { currency_code: 'USD', value: 10 };
    const numeric = await paypal.call('POST', '/v2/checkout/orders', { ...plain, purchase_units: [{ amount }] });
    expect(numeric.status).toBe(201);
    const parts = { ...ten, breakdown: { item_total: { currency_code: 'USD', value: '9.00' } } };
    const wrong = await paypal.call('POST', '/v2/checkout/orders', { ...plain, purchase_units: [{ amount: parts }] });
    expect([wrong.status, issueOf(wrong)]).toEqual([422, 'AMOUNT_MISMATCH']);
  });

  test('an invoice is paid once, however often it is charged under new keys', async () => {
    await paypal.charge('1.00', { invoice: 'only-once' });
    const balance = await paypal.balance(DANA.email);
    const again = await paypal.charge('1.00', { invoice: 'only-once' });
    expect([again.status, issueOf(again)]).toEqual([422, 'DUPLICATE_INVOICE_ID']);
    expect(await paypal.balance(DANA.email)).toBe(balance);
  });

  test('missing and malformed fields are named one by one', async () => {
    const answer = await paypal.call('POST', '/v2/checkout/orders', { intent: 'PAY' });
    expect(answer.status).toBe(400);
    expect(answer.body['name']).toBe('INVALID_REQUEST');
    expect(answer.body['details']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: '/intent', issue: 'INVALID_PARAMETER_VALUE' }),
        expect.objectContaining({ field: '/purchase_units', issue: 'MISSING_REQUIRED_PARAMETER' }),
      ]),
    );
  });

  test('a restricted payer cannot be charged, and a closed one neither', async () => {
    for (const [state, issue] of [
      ['restricted', 'PAYER_ACCOUNT_RESTRICTED'],
      ['closed', 'PAYER_ACCOUNT_LOCKED_OR_CLOSED'],
    ] as const) {
      await paypal.request('PATCH', `/_sim/accounts/${DANA.email}`, { state });
      const answer = await paypal.charge('1.00');
      expect([answer.status, issueOf(answer)]).toEqual([422, issue]);
    }
    await paypal.request('PATCH', `/_sim/accounts/${DANA.email}`, { state: 'ok' });
  });

  test('a wallet vaulted for the platform pays nobody else', async () => {
    const body = {
      intent: 'CAPTURE',
      purchase_units: [{ amount: ten, payee: { email_address: LEE.email } }],
      payment_source: { paypal: { vault_id: DANA_WALLET.paymentTokenId } },
    };
    const answer = await paypal.call('POST', '/v2/checkout/orders', body, { 'paypal-request-id': paypal.key() });
    expect([answer.status, issueOf(answer)]).toEqual([403, 'PERMISSION_DENIED']);
  });

  test('a charge under review is in flight until somebody decides', async () => {
    const before = await paypal.totals();
    await paypal.request('PATCH', `/_sim/accounts/${DANA.email}`, { reviewed: true });
    const [good, bad] = [await paypal.captured('3.00'), await paypal.captured('4.00', { invoice: 'declined' })];
    expect(good).toMatchObject({ status: 'PENDING', status_details: { reason: 'PENDING_REVIEW' } });
    expect(await paypal.totals()).toEqual(before);
    await paypal.request('POST', `/_sim/captures/${String(good['id'])}`, { status: 'COMPLETED' });
    await paypal.request('POST', `/_sim/captures/${String(bad['id'])}`, { status: 'DECLINED' });
    await paypal.hears('PAYMENT.CAPTURE.COMPLETED', String(good['id']));
    await paypal.hears('PAYMENT.CAPTURE.DENIED', String(bad['id']));
    await paypal.request('PATCH', `/_sim/accounts/${DANA.email}`, { reviewed: false });
    expect(await paypal.totals()).toEqual(before);
  });

  test('an order that nobody approves within six hours is gone', async () => {
    const { body } = await paypal.call('POST', '/v2/checkout/orders', plain);
    await paypal.advance('PT5H');
    expect((await paypal.call('GET', `/v2/checkout/orders/${String(body['id'])}`)).status).toBe(200);
    await paypal.advance('PT61M');
    expect((await paypal.call('GET', `/v2/checkout/orders/${String(body['id'])}`)).status).toBe(404);
  });
});
