import { SimulatedPayPal, issueOf } from '../simulated-paypal';
import type { Body } from '../simulated-paypal';

describe('transaction search', () => {
  let paypal: SimulatedPayPal;
  const search = (days: number, more = '') => {
    const at = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
    return paypal.call('GET', `/v1/reporting/transactions?start_date=${at(-1)}&end_date=${at(days)}${more}`);
  };

  beforeAll(async () => {
    paypal = await SimulatedPayPal.start();
  });
  afterAll(() => paypal.stop());

  test('shows charges, refunds and payouts three hours late, with the invoice', async () => {
    const capture = await paypal.captured('9.00', { invoice: 'found-by-invoice' });
    const part = { amount: { currency_code: 'USD', value: '1.00' } };
    await paypal.call('POST', `/v2/payments/captures/${String(capture['id'])}/refund`, part, {
      'paypal-request-id': 'r',
    });
    await paypal.settled(await paypal.payOut('lee@example.com', '4.00'));
    expect((await search(1)).body['total_items']).toBe(0);
    await paypal.advance('PT3H1M');
    const { body } = await search(1);
    const details = body['transaction_details'] as unknown as { transaction_info: Body }[];
    const lines = details.map(({ transaction_info: info }) => [
      info['transaction_event_code'],
      info['transaction_amount']?.['value'],
      info['transaction_status'],
    ]);
    expect(lines).toEqual([
      ['T0006', '9.00', 'S'],
      ['T1107', '-1.00', 'S'],
      ['T0001', '-4.00', 'S'],
    ]);
    expect(details[0]?.transaction_info['invoice_id']).toBe('found-by-invoice');
    const one = await search(1, `&transaction_id=${String(capture['id'])}&fields=all`);
    expect(one.body['transaction_details']).toMatchObject([{ payer_info: { email_address: 'dana@example.com' } }]);
  });

  test('wants both dates and at most 31 days', async () => {
    expect(issueOf(await search(40))).toBe('Date range is greater than 31 days');
    const missing = await paypal.call('GET', '/v1/reporting/transactions?start_date=2026-01-01T00:00:00-0700');
    expect([missing.status, issueOf(missing)]).toEqual([400, 'end_date is required']);
  });
});
