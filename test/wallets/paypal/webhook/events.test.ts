import * as fc from 'fast-check';
import { readEvent } from '../../../../src/wallets/paypal/webhook/events';

const RECEIVED_AT = 1_790_000_000_000;

function read(event_type: string, resource: unknown, rest: Record<string, unknown> = {}) {
  return readEvent(Buffer.from(JSON.stringify({ id: 'WH-1', event_type, resource, ...rest })), RECEIVED_AT);
}

const eventOf = (name: string, resource: unknown) => read(name, resource).event;

/** PayPal's own sample, as its documentation shows it. */
const PAYOUT_RESOURCE = {
  transaction_id: '57J64166G9424913F',
  payout_item_fee: { currency: 'USD', value: '0.25' },
  transaction_status: 'SUCCESS',
  time_processed: '2016-06-06T03:44:51Z',
  payout_item: {
    recipient_type: 'EMAIL',
    amount: { currency: 'USD', value: '1.0' },
    note: 'First payout',
    receiver: 'beamdaddy@paypal.com',
    sender_item_id: 'Item1',
  },
  payout_item_id: 'AYNYWNCHBD8KS',
  payout_batch_id: 'Q8B9WFS7ZZJ4Q',
};

describe('a charge', () => {
  it.each([
    ['PAYMENT.CAPTURE.COMPLETED', 'completed'],
    ['PAYMENT.CAPTURE.PENDING', 'pending'],
    ['PAYMENT.CAPTURE.DECLINED', 'declined'],
    ['PAYMENT.CAPTURE.DENIED', 'declined'],
  ])('%s tells that it is %s', (name, state) => {
    expect(eventOf(name, { id: 'CAP1', invoice_id: 'p1', custom_id: 'c1' })).toEqual({
      kind: 'charge',
      paymentId: 'p1',
      captureId: 'CAP1',
      state,
    });
  });

  it('is known by its custom id where the invoice id is missing, and of no consequence without either', () => {
    expect(eventOf('PAYMENT.CAPTURE.COMPLETED', { id: 'CAP1', custom_id: 'c1' })).toMatchObject({ paymentId: 'c1' });
    expect(eventOf('PAYMENT.CAPTURE.COMPLETED', { id: 'CAP1' })).toEqual({
      kind: 'other',
      name: 'PAYMENT.CAPTURE.COMPLETED',
    });
  });

  it('that we refunded is named by the link from the refund up to the capture', () => {
    const links = [
      { rel: 'self', href: 'https://api.paypal.com/v2/payments/refunds/REF1' },
      { rel: 'up', href: 'https://api.paypal.com/v2/payments/captures/CAP1' },
    ];
    const amount = { currency_code: 'USD', value: '20.00' };
    expect(eventOf('PAYMENT.CAPTURE.REFUNDED', { id: 'REF1', amount, invoice_id: 'p1', links })).toEqual({
      kind: 'charge-returned',
      paymentId: 'p1',
      captureId: 'CAP1',
      by: 'refund',
      amount: { minor: 2_000, currency: 'USD' },
    });
  });

  it('that PayPal reversed is the resource itself, whatever order it links up to', () => {
    const links = [{ rel: 'up', href: 'https://api.paypal.com/v2/checkout/orders/ORD1' }];
    expect(eventOf('PAYMENT.CAPTURE.REVERSED', { id: 'CAP1', links, amount: 'unreadable' })).toEqual({
      kind: 'charge-returned',
      captureId: 'CAP1',
      by: 'reversal',
    });
  });
});

describe('a payout', () => {
  it.each([
    ['SUCCEEDED', 'paid'],
    ['UNCLAIMED', 'unclaimed'],
    ['HELD', 'held'],
    ['RETURNED', 'returned'],
    ['CANCELED', 'returned'],
    ['FAILED', 'failed'],
    ['BLOCKED', 'failed'],
    ['DENIED', 'failed'],
    ['REFUNDED', 'reversed'],
  ])('PAYMENT.PAYOUTS-ITEM.%s tells that it is %s', (name, state) => {
    expect(eventOf(`PAYMENT.PAYOUTS-ITEM.${name}`, PAYOUT_RESOURCE)).toEqual({
      kind: 'payout',
      paymentId: 'Item1',
      payout: {
        batchId: 'Q8B9WFS7ZZJ4Q',
        itemId: 'AYNYWNCHBD8KS',
        state,
        amount: { minor: 100, currency: 'USD' },
        fee: { minor: 25, currency: 'USD' },
      },
    });
  });

  it('names why it failed', () => {
    const resource = { ...PAYOUT_RESOURCE, errors: { name: 'RECEIVER_ACCOUNT_LOCKED', message: 'locked' } };
    expect(eventOf('PAYMENT.PAYOUTS-ITEM.FAILED', resource)).toMatchObject({
      payout: { state: 'failed', providerCode: 'RECEIVER_ACCOUNT_LOCKED' },
    });
  });

  it('that is not ours, for it carries no id of ours, is of no consequence', () => {
    const { sender_item_id: _, ...item } = PAYOUT_RESOURCE.payout_item;
    expect(eventOf('PAYMENT.PAYOUTS-ITEM.FAILED', { ...PAYOUT_RESOURCE, payout_item: item })).toMatchObject({
      kind: 'other',
    });
  });
});

describe('other news', () => {
  it.each([
    ['CREATED', 'opened'],
    ['UPDATED', 'updated'],
    ['RESOLVED', 'resolved'],
  ])('CUSTOMER.DISPUTE.%s tells of a dispute that is %s', (name, state) => {
    const resource = {
      dispute_id: 'PP-000-042-663-135',
      disputed_transactions: [{ seller_transaction_id: 'CAP1' }, {}, { seller_transaction_id: 'CAP2' }],
    };
    expect(eventOf(`CUSTOMER.DISPUTE.${name}`, resource)).toEqual({
      kind: 'dispute',
      disputeId: 'PP-000-042-663-135',
      captureIds: ['CAP1', 'CAP2'],
      state,
    });
  });

  it('a deleted vault token ends the consent to be charged', () => {
    const resource = { id: '3nqvjt3n', payment_source: { paypal: { payer_id: 'VTR4JYK7STE7J' } } };
    for (const name of ['VAULT.PAYMENT-TOKEN.DELETED', 'VAULT.PAYMENT-TOKEN.DELETION-INITIATED']) {
      expect(eventOf(name, resource)).toEqual({
        kind: 'consent-revoked',
        token: '3nqvjt3n',
        payerId: 'VTR4JYK7STE7J',
      });
    }
    expect(eventOf('VAULT.PAYMENT-TOKEN.DELETED', { id: '3nqvjt3n' })).toEqual({
      kind: 'consent-revoked',
      token: '3nqvjt3n',
    });
  });

  it('a revoked login names the payer and no token', () => {
    const name = 'IDENTITY.AUTHORIZATION-CONSENT.REVOKED';
    expect(eventOf(name, { payer_id: 'P1' })).toEqual({ kind: 'consent-revoked', payerId: 'P1' });
    expect(eventOf(name, { merchant_id: 'P1' })).toEqual({ kind: 'consent-revoked', payerId: 'P1' });
    expect(eventOf(name, {})).toEqual({ kind: 'other', name });
  });

  it.each(['PAYMENT.PAYOUTSBATCH.DENIED', 'CHECKOUT.ORDER.APPROVED', 'A.NEW-EVENT', 'constructor', '__proto__'])(
    '%s is of no consequence',
    (name) => {
      expect(eventOf(name, { id: 'x' })).toEqual({ kind: 'other', name });
    },
  );

  it('has its own time where it names one, else that of the delivery', () => {
    expect(read('A', {}, { create_time: '2016-06-06T03:44:51Z' }).at).toBe(Date.parse('2016-06-06T03:44:51Z'));
    expect(read('A', {}, { create_time: '2022-08-26T18:25:57.449PDT' }).at).toBe(RECEIVED_AT);
    expect(read('A', {}).at).toBe(RECEIVED_AT);
  });
});

it('Whatever the resource of a known event is, the event is read or of no consequence, and never an error', () => {
  const names = fc.constantFrom(
    'PAYMENT.CAPTURE.COMPLETED',
    'PAYMENT.CAPTURE.REFUNDED',
    'PAYMENT.PAYOUTS-ITEM.SUCCEEDED',
    'CUSTOMER.DISPUTE.CREATED',
    'VAULT.PAYMENT-TOKEN.DELETED',
    'IDENTITY.AUTHORIZATION-CONSENT.REVOKED',
  );
  const keys = fc.constantFrom(...Object.keys(PAYOUT_RESOURCE), 'id', 'links', 'amount', 'invoice_id', 'dispute_id');
  const resource = fc.oneof(fc.jsonValue(), fc.dictionary(keys, fc.jsonValue()));
  fc.assert(
    fc.property(names, resource, (name, value) => {
      const { event } = read(name, value);
      if (event.kind === 'other') expect(event.name).toBe(name);
      if (event.kind === 'payout') expect(Number.isSafeInteger(event.payout.amount.minor)).toBe(true);
    }),
    { numRuns: 2_000, seed: 20_171_020 },
  );
});
