import { SimulatedPayPal, captureOf, linksOf } from '../simulated-paypal';

const usd = (value: string) => ({ currency_code: 'USD', value });
const urls = { return_url: 'http://127.0.0.1:1/back', cancel_url: 'http://127.0.0.1:1/no' };
const representation = { prefer: 'return=representation' };

describe('cards in the vault of the simulated PayPal', () => {
  let paypal: SimulatedPayPal;
  beforeEach(async () => {
    paypal = await SimulatedPayPal.start();
  });
  afterEach(() => paypal.stop());

  /** A card that somebody chose on the page, in the vault. */
  async function kept(card: string, key = card): Promise<string> {
    const setup = await paypal.call(
      'POST',
      '/v3/vault/setup-tokens',
      { payment_source: { card: { experience_context: urls } } },
      { 'paypal-request-id': `setup-${key}` },
    );
    const id = String(setup.body['id']);
    await paypal.form('/vault/card', { setup_token: id, card });
    const token = { payment_source: { token: { id, type: 'SETUP_TOKEN' } } };
    const made = await paypal.call('POST', '/v3/vault/payment-tokens', token, { 'paypal-request-id': `token-${key}` });
    return String(made.body['id']);
  }

  const charge = (vaultId: string, invoice: string, source = 'card') =>
    paypal.call(
      'POST',
      '/v2/checkout/orders',
      {
        intent: 'CAPTURE',
        purchase_units: [{ invoice_id: invoice, amount: usd('20.00') }],
        payment_source: { [source]: { vault_id: vaultId } },
      },
      { ...representation, 'paypal-request-id': `charge-${invoice}` },
    );

  test('are chosen on a page where no number is typed, and known by brand and last digits alone', async () => {
    const setup = await paypal.call(
      'POST',
      '/v3/vault/setup-tokens',
      { payment_source: { card: { experience_context: urls } } },
      { 'paypal-request-id': 's' },
    );
    const approve = linksOf(setup.body).find(({ rel }) => rel === 'approve');
    const page = await (await fetch(String(approve?.href))).text();
    expect(page).toContain('Simulation: enter nothing real');
    expect(page).not.toMatch(/<input(?![^>]*type="hidden")/);
    await paypal.form('/vault/card', { setup_token: String(setup.body['id']), card: 'visa-1111' });
    const { body } = await paypal.call('GET', `/v3/vault/setup-tokens/${String(setup.body['id'])}`);
    expect(body).toMatchObject({
      status: 'APPROVED',
      payment_source: { card: { brand: 'VISA', last_digits: '1111' } },
    });
  });

  test('pay with money from outside, which goes back there, so that none is made', async () => {
    const before = await paypal.totals();
    const token = await kept('visa-1111');
    const charged = await charge(token, 'invoice-1');
    expect(charged.status).toBe(201);
    expect(charged.body).toMatchObject({
      status: 'COMPLETED',
      payment_source: { card: { brand: 'VISA', last_digits: '1111' } },
    });
    expect(captureOf(charged.body)).toMatchObject({ status: 'COMPLETED', amount: usd('20.00') });
    expect(await paypal.totals()).toEqual(before);
    const refund = await paypal.call(
      'POST',
      `/v2/payments/captures/${String(captureOf(charged.body)['id'])}/refund`,
      {},
    );
    expect(refund.status).toBe(201);
    expect(await paypal.totals()).toEqual(before);
  });

  test('that the bank declines give a declined capture, and the invoice can be paid again', async () => {
    const before = await paypal.totals();
    const poor = await charge(await kept('visa-0002'), 'invoice-1');
    expect(captureOf(poor.body)).toMatchObject({ status: 'DECLINED', processor_response: { response_code: '5120' } });
    expect(await paypal.totals()).toEqual(before);
    const again = await paypal.call(
      'POST',
      '/v2/checkout/orders',
      {
        intent: 'CAPTURE',
        purchase_units: [{ invoice_id: 'invoice-1', amount: usd('20.00') }],
        payment_source: { card: { vault_id: await kept('mastercard-4444') } },
      },
      { ...representation, 'paypal-request-id': 'charge-again' },
    );
    expect(captureOf(again.body)).toMatchObject({ status: 'COMPLETED' });
  });

  test('that have expired are refused', async () => {
    const refused = await charge(await kept('amex-0005'), 'invoice-1');
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('INSTRUMENT_DECLINED');
  });

  test('that were deleted, or are no cards, are not found', async () => {
    const token = await kept('visa-1111');
    expect(JSON.stringify((await charge(token, 'invoice-1', 'paypal')).body)).toContain('BILLING_AGREEMENT_NOT_FOUND');
    await paypal.call('DELETE', `/v3/vault/payment-tokens/${token}`);
    const refused = await charge(token, 'invoice-2');
    expect(JSON.stringify(refused.body)).toContain('AGREEMENT_ALREADY_CANCELLED');
  });

  test('whose number is sent are refused: it is typed on the page of PayPal or nowhere', async () => {
    const number = { number: '4111111111111111', expiry: '2099-12' };
    const setup = await paypal.call(
      'POST',
      '/v3/vault/setup-tokens',
      { payment_source: { card: number } },
      { 'paypal-request-id': 's' },
    );
    expect(setup.status).toBe(400);
    const order = await paypal.call('POST', '/v2/checkout/orders', {
      intent: 'CAPTURE',
      purchase_units: [{ amount: usd('20.00') }],
      payment_source: { card: number },
    });
    expect(order.status).toBeGreaterThanOrEqual(400);
  });
});
