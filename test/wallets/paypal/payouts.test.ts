import { clientAt, closeServers, failureOf, startRecordingServer } from './recording-server';
import type { Recorded, RecordingServer, Reply } from './recording-server';

const REQUEST = {
  paymentId: '0199f3a2-payment',
  key: '0199f3a2-payment',
  amount: { minor: 1_050, currency: 'USD' },
  receiver: { kind: 'email', email: 'lee@example.com' },
} as const;

const BATCH = 'CR9VS2K4X4846';

const CREATED: Reply = {
  status: 201,
  json: { batch_header: { payout_batch_id: BATCH, batch_status: 'PENDING', sender_batch_header: {} } },
};

/** The real body, as the sandbox gives it. */
const DUPLICATE: Reply = {
  status: 400,
  json: {
    name: 'USER_BUSINESS_ERROR',
    message: 'User business error.',
    debug_id: 'f05063556a338',
    information_link: 'https://developer.paypal.com/docs/api/payments.payouts-batch/#errors',
    details: [
      {
        field: 'SENDER_BATCH_ID',
        location: 'body',
        issue: 'Batch with given sender_batch_id already exists',
        link: [{ href: `https://api.sandbox.paypal.com/v1/payments/payouts/${BATCH}`, rel: 'self', method: 'GET' }],
      },
    ],
  },
};

function item(status: string, changes: Record<string, unknown> = {}) {
  return {
    payout_item_id: '8AELMXH8UB2P8',
    payout_batch_id: BATCH,
    transaction_status: status,
    payout_item_fee: { currency: 'USD', value: '0.25' },
    payout_item: {
      recipient_type: 'EMAIL',
      receiver: 'lee@example.com',
      amount: { currency: 'USD', value: '10.50' },
      sender_item_id: REQUEST.paymentId,
    },
    ...changes,
  };
}

function batch(status: string, items?: unknown[], amount: unknown = { currency: 'USD', value: '10.50' }): Reply {
  return { json: { batch_header: { payout_batch_id: BATCH, batch_status: status, amount }, items } };
}

let server: RecordingServer;
afterEach(closeServers);

async function answering(reply: (request: Recorded) => Reply) {
  server = await startRecordingServer(reply);
  return clientAt(server.url);
}

describe('a payout', () => {
  it('is a batch of one item that carries our id twice and our key as the batch id', async () => {
    const client = await answering(() => CREATED);
    expect(await client.payOut({ ...REQUEST, note: 'x'.repeat(1_500) })).toEqual({
      batchId: BATCH,
      state: 'pending',
      amount: REQUEST.amount,
      fee: { minor: 0, currency: 'USD' },
    });
    expect(JSON.parse(server.calls[0]?.body ?? '')).toEqual({
      sender_batch_header: { sender_batch_id: REQUEST.key, email_subject: 'You received a payment' },
      items: [
        {
          recipient_type: 'EMAIL',
          receiver: 'lee@example.com',
          amount: { currency: 'USD', value: '10.50' },
          sender_item_id: REQUEST.paymentId,
          recipient_wallet: 'PAYPAL',
          note: 'x'.repeat(1_000),
        },
      ],
    });
    expect(server.calls).toHaveLength(1);
  });

  it("goes to a linked payee by PayPal's id", async () => {
    const client = await answering(() => CREATED);
    await client.payOut({ ...REQUEST, receiver: { kind: 'account', payerId: '2HF8PP8ZGPJ4E' } });
    expect(JSON.parse(server.calls[0]?.body ?? '')).toMatchObject({
      items: [{ recipient_type: 'PAYPAL_ID', receiver: '2HF8PP8ZGPJ4E' }],
    });
  });

  it('that was begun before is found by the link in the refusal, and read', async () => {
    const client = await answering(({ method }) =>
      method === 'POST' ? DUPLICATE : batch('SUCCESS', [item('SUCCESS')]),
    );
    expect(await client.payOut(REQUEST)).toEqual({
      batchId: BATCH,
      itemId: '8AELMXH8UB2P8',
      state: 'paid',
      amount: REQUEST.amount,
      fee: { minor: 25, currency: 'USD' },
    });
    expect(server.calls[1]).toMatchObject({ method: 'GET', path: `/v1/payments/payouts/${BATCH}` });
  });

  it('that was begun before for another amount or payment is in doubt', async () => {
    const other = item('SUCCESS', {
      payout_item: { amount: { currency: 'USD', value: '9.00' }, sender_item_id: REQUEST.paymentId },
    });
    const client = await answering(({ method }) => (method === 'POST' ? DUPLICATE : batch('SUCCESS', [other])));
    expect(await failureOf(client.payOut(REQUEST))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
    const another = item('SUCCESS', {
      payout_item: { amount: { currency: 'USD', value: '10.50' }, sender_item_id: 'p2' },
    });
    const second = await answering(({ method }) => (method === 'POST' ? DUPLICATE : batch('SUCCESS', [another])));
    expect(await failureOf(second.payOut(REQUEST))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
  });

  it('that was begun before and cannot be read yet is in doubt, and never refused', async () => {
    const missing = { status: 404, json: { name: 'INVALID_RESOURCE_ID', message: 'Requested resource not found.' } };
    const client = await answering(({ method }) => (method === 'POST' ? DUPLICATE : missing));
    expect(await failureOf(client.payOut(REQUEST))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
  });

  it('that was begun before, as a refusal without a link says, is in doubt', async () => {
    const details = [{ issue: 'Batch with given sender_batch_id already exists' }];
    const client = await answering(() => ({ status: 400, json: { name: 'USER_BUSINESS_ERROR', details } }));
    expect(await failureOf(client.payOut(REQUEST))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
  });

  it('of a refused batch failed, for the reason of its item', async () => {
    const refused = item('PENDING', { errors: { name: 'SELF_PAY_NOT_ALLOWED', message: 'no', debug_id: 'd' } });
    const client = await answering(() => batch('DENIED', [refused]));
    expect(await client.findPayout(BATCH)).toMatchObject({ state: 'failed', providerCode: 'SELF_PAY_NOT_ALLOWED' });
  });

  it('of a refused batch without items failed too', async () => {
    const client = await answering(() => batch('CANCELED'));
    expect(await client.findPayout(BATCH)).toMatchObject({ state: 'failed', providerCode: 'BATCH/CANCELED' });
  });

  it.each([
    ['PENDING', 'pending'],
    ['ONHOLD', 'held'],
    ['ON_HOLD', 'held'],
    ['UNCLAIMED', 'unclaimed'],
    ['SUCCESS', 'paid'],
    ['FAILED', 'failed'],
    ['BLOCKED', 'failed'],
    ['DENIED', 'failed'],
    ['RETURNED', 'returned'],
    ['REFUNDED', 'reversed'],
    ['REVERSED', 'reversed'],
    ['A_NEW_STATUS', 'pending'],
  ])('of a batch that is SUCCESS is what its item says: %s is %s', async (status, state) => {
    const client = await answering(() => batch('SUCCESS', [item(status)]));
    expect(await client.findPayout(BATCH)).toMatchObject({ state });
  });

  it('names the code of an unclaimed item', async () => {
    const client = await answering(() =>
      batch('SUCCESS', [item('UNCLAIMED', { errors: { name: 'RECEIVER_UNREGISTERED' } })]),
    );
    expect(await client.findPayout(BATCH)).toMatchObject({
      state: 'unclaimed',
      itemId: '8AELMXH8UB2P8',
      providerCode: 'RECEIVER_UNREGISTERED',
    });
  });

  it('is pending while its batch is taken apart, and asked for again while even the amount is missing', async () => {
    const client = await answering(() => batch('PROCESSING', []));
    expect(await client.findPayout(BATCH)).toMatchObject({ state: 'pending', amount: REQUEST.amount });
    const bare = await answering(() => batch('PENDING', undefined, null));
    expect(await failureOf(bare.findPayout(BATCH))).toMatchObject({ outcome: 'retry' });
  });

  it('waits for an operator when the float is too low', async () => {
    const client = await answering(() => ({ status: 422, json: { name: 'INSUFFICIENT_FUNDS', debug_id: 'd' } }));
    expect(await failureOf(client.payOut(REQUEST))).toMatchObject({
      outcome: 'wait-long',
      reason: 'insufficient-funds',
    });
  });

  it('to an address PayPal cannot pay to is refused for good', async () => {
    const details = [{ field: 'items[0].receiver', issue: 'Receiver is invalid or does not match with type' }];
    const client = await answering(() => ({ status: 400, json: { name: 'VALIDATION_ERROR', details } }));
    expect(await failureOf(client.payOut(REQUEST))).toMatchObject({ outcome: 'final', reason: 'receiver-refused' });
  });
});

describe('taking a payout back', () => {
  it('gives the returned item', async () => {
    const client = await answering(() => ({ json: item('RETURNED') }));
    expect(await client.cancelPayout('8AELMXH8UB2P8')).toMatchObject({ state: 'returned' });
    expect(server.calls[0]).toMatchObject({ method: 'POST', path: '/v1/payments/payouts-item/8AELMXH8UB2P8/cancel' });
  });

  it.each([
    ['ITEM_ALREADY_CANCELLED', 'already-done'],
    ['ITEM_INCORRECT_STATUS', 'final'],
    ['BATCH_NOT_COMPLETED', 'retry'],
  ])('answered with %s is %s', async (name, outcome) => {
    const client = await answering(() => ({ status: 400, json: { name, message: 'no', debug_id: 'd' } }));
    expect(await failureOf(client.cancelPayout('8AELMXH8UB2P8'))).toMatchObject({ outcome });
  });
});
