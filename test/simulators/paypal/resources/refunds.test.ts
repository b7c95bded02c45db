import { DANA, SimulatedPayPal, issueOf, linksOf } from '../simulated-paypal';

describe('refunds, reversals and disputes', () => {
  let paypal: SimulatedPayPal;
  const usd = (value: string) => ({ amount: { currency_code: 'USD', value } });
  const refund = (id: unknown, body: unknown = {}, prefer = '') =>
    paypal.call('POST', `/v2/payments/captures/${String(id)}/refund`, body, {
      'paypal-request-id': paypal.key(),
      ...(prefer ? { prefer } : {}),
    });

  beforeAll(async () => {
    paypal = await SimulatedPayPal.start();
  });
  afterAll(() => paypal.stop());

  test('a full refund gives the payer everything back, and PayPal keeps its fee', async () => {
    const before = [await paypal.balance(DANA.email), await paypal.totals()];
    const capture = await paypal.captured('8.00');
    const answer = await refund(capture['id'], {}, 'return=representation');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      status: 'COMPLETED',
      seller_payable_breakdown: { paypal_fee: { value: '0.00' } },
    });
    expect([await paypal.balance(DANA.email), await paypal.totals()]).toEqual(before);
    const shown = await paypal.call('GET', `/v2/payments/captures/${String(capture['id'])}`);
    expect(shown.body['status']).toBe('REFUNDED');
    const { event } = await paypal.hears('PAYMENT.CAPTURE.REFUNDED', String(answer.body['id']));
    const up = linksOf(event['resource']).find(({ rel }) => rel === 'up');
    expect(up?.href).toMatch(new RegExp(`/captures/${String(capture['id'])}$`));
  });

  test('parts can be refunded up to the whole and not beyond', async () => {
    const id = String((await paypal.captured('5.00'))['id']);
    expect((await refund(id, usd('2.00'))).status).toBe(201);
    expect((await paypal.call('GET', `/v2/payments/captures/${id}`)).body['status']).toBe('PARTIALLY_REFUNDED');
    expect(issueOf(await refund(id, usd('3.01')))).toBe('REFUND_AMOUNT_EXCEEDED');
    expect((await refund(id)).status).toBe(201);
    const beyond = await refund(id);
    expect([beyond.status, issueOf(beyond)]).toEqual([422, 'CAPTURE_FULLY_REFUNDED']);
  });

  test('a refund in another currency, of nothing, or of an unknown capture is refused', async () => {
    const id = String((await paypal.captured('5.00'))['id']);
    expect(issueOf(await refund(id, { amount: { currency_code: 'EUR', value: '1.00' } }))).toBe(
      'REFUND_CAPTURE_CURRENCY_MISMATCH',
    );
    expect(issueOf(await refund(id, usd('0.00')))).toBe('CANNOT_BE_ZERO_OR_NEGATIVE');
    expect((await refund('AAAAAAAAAAAAAAAAA')).status).toBe(404);
  });

  test('after 180 days a capture is not refunded any more', async () => {
    const id = String((await paypal.captured('1.00'))['id']);
    await paypal.advance('P181D');
    expect(issueOf(await refund(id))).toBe('REFUND_TIME_LIMIT_EXCEEDED');
  });

  test('a reversal takes the money back, tells about it and ends refunds', async () => {
    const before = await paypal.totals();
    const id = String((await paypal.captured('4.00'))['id']);
    const answer = await paypal.request('POST', '/_sim/reversals', { captureId: id });
    expect(answer.status).toBe(201);
    const { event } = await paypal.hears('PAYMENT.CAPTURE.REVERSED', id);
    expect(event).toMatchObject({
      resource_type: 'refund',
      resource: { status: 'COMPLETED', amount: { value: '4.00' } },
    });
    expect(issueOf(await refund(id))).toBe('REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK');
    expect(await paypal.totals()).toEqual(before);
  });

  test('a dispute is opened and resolved in the buyer’s favour', async () => {
    const balance = await paypal.balance(DANA.email);
    const id = String((await paypal.captured('6.00'))['id']);
    const opened = await paypal.request('POST', '/_sim/disputes', { captureId: id });
    const disputeId = String(opened.body['disputeId']);
    const { event } = await paypal.hears('CUSTOMER.DISPUTE.CREATED', disputeId);
    expect(event['resource']).toMatchObject({
      dispute_id: disputeId,
      status: 'OPEN',
      disputed_transactions: [{ seller_transaction_id: id }],
    });
    expect(issueOf(await refund(id, usd('1.00')))).toBe('TRANSACTION_DISPUTED');
    const listed = await paypal.call('GET', `/v1/customer/disputes?disputed_transaction_id=${id}`);
    expect(listed.body['items']).toHaveLength(1);
    await paypal.request('POST', `/_sim/disputes/${disputeId}`, { outcome: 'RESOLVED_BUYER_FAVOUR' });
    await paypal.hears('CUSTOMER.DISPUTE.RESOLVED', disputeId);
    await paypal.hears('PAYMENT.CAPTURE.REVERSED', id);
    expect(await paypal.balance(DANA.email)).toBe(balance);
    expect((await paypal.call('GET', `/v1/customer/disputes/${disputeId}`)).body['status']).toBe('RESOLVED');
  });
});
