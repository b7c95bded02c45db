import { clientAt, closeServers, failureOf, startRecordingServer } from './recording-server';
import type { Recorded, RecordingServer, Reply } from './recording-server';

const REQUEST = {
  paymentId: '0199f3a2-payment',
  key: '0199f3a2-payment:charge:0',
  amount: { minor: 2_000, currency: 'USD' },
  vaultToken: '8kk8451t',
} as const;

const usd = (value: string) => ({ currency_code: 'USD', value });

function captured(changes: Record<string, unknown> = {}) {
  return {
    id: '3C679366HH908993F',
    status: 'COMPLETED',
    amount: usd('20.00'),
    invoice_id: REQUEST.paymentId,
    seller_receivable_breakdown: { gross_amount: usd('20.00'), paypal_fee: usd('1.19'), net_amount: usd('18.81') },
    links: [{ rel: 'up', href: 'https://api-m.paypal.com/v2/checkout/orders/5O190127TN364715T', method: 'GET' }],
    ...changes,
  };
}

function order(capture?: Record<string, unknown>, status = 'COMPLETED'): Reply {
  const payments = capture ? { payments: { captures: [capture] } } : {};
  return { status: 201, json: { id: '5O190127TN364715T', status, purchase_units: [payments] } };
}

const DUPLICATE: Reply = {
  status: 422,
  json: { name: 'UNPROCESSABLE_ENTITY', debug_id: 'd2', details: [{ issue: 'DUPLICATE_INVOICE_ID' }] },
};

let server: RecordingServer;
afterEach(closeServers);

async function answering(reply: (request: Recorded) => Reply) {
  server = await startRecordingServer(reply);
  return clientAt(server.url);
}

/** PayPal refuses the invoice id, and its reports and captures are as given. */
function afterDuplicate(transactions: unknown[], capture: Reply) {
  return answering(({ path }) => {
    if (path === '/v2/checkout/orders') return DUPLICATE;
    if (path.startsWith('/v1/reporting')) return { json: { transaction_details: transactions, total_pages: 1 } };
    return capture;
  });
}

const found = (id: string, code = 'T0003', invoice: string = REQUEST.paymentId) => ({
  transaction_info: { transaction_id: id, transaction_event_code: code, invoice_id: invoice },
});

describe('a charge', () => {
  it('is one order with the stored wallet, our id as invoice and custom id, and the key', async () => {
    const client = await answering(() => order(captured()));
    expect(await client.charge(REQUEST)).toEqual({
      orderId: '5O190127TN364715T',
      captureId: '3C679366HH908993F',
      paymentId: '0199f3a2-payment',
      state: 'completed',
      gross: { minor: 2_000, currency: 'USD' },
      fee: { minor: 119, currency: 'USD' },
    });
    expect(server.calls).toHaveLength(1);
    expect(server.calls[0]?.headers).toMatchObject({
      'paypal-request-id': REQUEST.key,
      prefer: 'return=representation',
    });
    expect(JSON.parse(server.calls[0]?.body ?? '')).toEqual({
      intent: 'CAPTURE',
      purchase_units: [
        {
          reference_id: 'default',
          custom_id: REQUEST.paymentId,
          invoice_id: REQUEST.paymentId,
          amount: usd('20.00'),
        },
      ],
      payment_source: {
        paypal: {
          vault_id: '8kk8451t',
          stored_credential: {
            payment_initiator: 'MERCHANT',
            usage: 'SUBSEQUENT',
            usage_pattern: 'UNSCHEDULED_POSTPAID',
          },
        },
      },
    });
  });

  it.each([
    ['COMPLETED', 'completed'],
    ['PENDING', 'pending'],
    ['DECLINED', 'declined'],
    ['FAILED', 'declined'],
  ])('of a completed order is what its capture says: %s is %s', async (status, state) => {
    const client = await answering(() => order(captured({ status })));
    expect(await client.charge(REQUEST)).toMatchObject({ state });
  });

  it('has no fee while PayPal names none', async () => {
    const client = await answering(() =>
      order(captured({ status: 'PENDING', seller_receivable_breakdown: undefined })),
    );
    expect(await client.charge(REQUEST)).toMatchObject({ state: 'pending', fee: { minor: 0, currency: 'USD' } });
  });

  it.each(['REFUNDED', 'PARTIALLY_REFUNDED', 'A_NEW_STATUS'])(
    'whose capture is %s is in doubt, so that nothing is paid out on it',
    async (status) => {
      const client = await answering(() => order(captured({ status })));
      expect(await failureOf(client.charge(REQUEST))).toMatchObject({
        outcome: 'unknown',
        detail: { providerCode: `CAPTURE/${status}` },
      });
    },
  );

  it('needs the person when PayPal wants the payer to come by', async () => {
    const client = await answering(() => order(undefined, 'PAYER_ACTION_REQUIRED'));
    expect(await failureOf(client.charge(REQUEST))).toMatchObject({
      outcome: 'needs-person',
      reason: 'payer-action-required',
    });
  });

  it('is in doubt when an order that goes on shows no capture', async () => {
    const client = await answering(() => order(undefined, 'APPROVED'));
    expect(await failureOf(client.charge(REQUEST))).toMatchObject({ outcome: 'unknown' });
  });

  it('is in doubt when the key brings back what was asked for under it before, for another amount or payment', async () => {
    const client = await answering(() => order(captured({ amount: usd('10.00') })));
    expect(await failureOf(client.charge(REQUEST))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
    const other = await answering(() => order(captured({ invoice_id: 'another' })));
    expect(await failureOf(other.charge(REQUEST))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
  });
});

describe('a charge whose invoice id was charged before', () => {
  it('is the earlier charge, where the reports show it', async () => {
    const client = await afterDuplicate([found('OTHER', 'T0003', 'another'), found('3C679366HH908993F')], {
      json: captured(),
    });
    expect(await client.charge(REQUEST)).toMatchObject({
      orderId: '5O190127TN364715T',
      captureId: '3C679366HH908993F',
      state: 'completed',
    });
    expect(server.calls.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'POST /v2/checkout/orders',
      'GET /v1/reporting/transactions',
      'GET /v2/payments/captures/3C679366HH908993F',
    ]);
  });

  it('is in doubt while the reports lag behind', async () => {
    const client = await afterDuplicate([], { json: captured() });
    expect(await failureOf(client.charge(REQUEST))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
  });

  it('is in doubt when the reports cannot be read, because the refusal itself says money moved', async () => {
    const client = await answering(({ path }) => (path === '/v2/checkout/orders' ? DUPLICATE : { status: 503 }));
    expect(await failureOf(client.charge(REQUEST))).toMatchObject({
      outcome: 'unknown',
      reason: 'duplicate',
      detail: { providerCode: 'UNPROCESSABLE_ENTITY/DUPLICATE_INVOICE_ID' },
    });
  });

  it('is in doubt when the earlier charge took another amount', async () => {
    const client = await afterDuplicate([found('3C679366HH908993F')], { json: captured({ amount: usd('5.00') }) });
    expect(await failureOf(client.charge(REQUEST))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
  });
});

describe('looking for a charge', () => {
  const SINCE = new Date('2026-10-01T00:00:00Z');

  it('does not take a refund with the same invoice id, or a declined attempt, for the charge', async () => {
    const client = await answering(({ path }) => {
      if (path.startsWith('/v1/reporting')) {
        return { json: { transaction_details: [found('REFUND1', 'T1107'), found('DECLINED1'), found('TAKEN1')] } };
      }
      return { json: path.endsWith('DECLINED1') ? captured({ status: 'DECLINED' }) : captured({ id: 'TAKEN1' }) };
    });
    const recent = new Date(Date.now() - 3_600_000);
    expect(await client.findCharge(REQUEST.paymentId, recent)).toMatchObject({ captureId: 'TAKEN1' });
    expect(server.calls.some(({ path }) => path.includes('REFUND1'))).toBe(false);
  });

  it('asks for at most 31 days at a time', async () => {
    jest.useFakeTimers({
      now: new Date('2026-11-24T00:00:00Z'),
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout'],
    });
    const client = await answering(() => ({ json: { transaction_details: [] } }));
    expect(await client.findCharge(REQUEST.paymentId, SINCE)).toBeUndefined();
    jest.useRealTimers();
    const periods = server.calls.map(({ path }) => new URL(path, server.url).searchParams);
    expect(periods.map((query) => [query.get('start_date'), query.get('end_date')])).toEqual([
      ['2026-09-30T23:55:00.000Z', '2026-10-31T23:55:00.000Z'],
      ['2026-10-31T23:55:00.000Z', '2026-11-24T00:00:00.000Z'],
    ]);
    expect(periods[0]?.get('fields')).toBe('transaction_info');
  });

  it('reads every page', async () => {
    const client = await answering(({ path }) => {
      if (!path.startsWith('/v1/reporting')) return { json: captured() };
      const page = Number(new URL(path, server.url).searchParams.get('page'));
      return { json: { transaction_details: page === 3 ? [found('3C679366HH908993F')] : [], total_pages: 3 } };
    });
    const recent = new Date(Date.now() - 3_600_000);
    expect(await client.findCharge(REQUEST.paymentId, recent)).toMatchObject({ state: 'completed' });
  });

  it('halves a period that has more transactions than PayPal lists', async () => {
    const client = await answering(({ path }) => {
      if (!path.startsWith('/v1/reporting')) return { json: captured() };
      const query = new URL(path, server.url).searchParams;
      const length = Date.parse(query.get('end_date') ?? '') - Date.parse(query.get('start_date') ?? '');
      if (length > 20 * 60_000) return { status: 400, json: { name: 'RESULTSET_TOO_LARGE', debug_id: 'd3' } };
      return { json: { transaction_details: [found('3C679366HH908993F')] } };
    });
    const recent = new Date(Date.now() - 3_600_000);
    expect(await client.findCharge(REQUEST.paymentId, recent)).toMatchObject({ captureId: '3C679366HH908993F' });
  });
});
