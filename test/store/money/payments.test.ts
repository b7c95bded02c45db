import { randomUUID } from 'node:crypto';
import { MoneyContradiction, NoSuchRow } from '../../../src/store';
import type { PaymentState, Store } from '../../../src/store';
import { drafted, openStore, somebody } from '../opened';
import type { OpenedStore } from '../opened';

const USD20 = { minor: 2000, currency: 'USD' } as const;

describe('Payments', () => {
  let opened: OpenedStore;
  let store: Store;
  let payerKey: string;
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
    payerKey = await somebody(store);
  });
  afterAll(() => opened.close());

  test('keep what their card shows, also when it is drafted again with something else', async () => {
    const paymentId = await drafted(store, payerKey);
    const before = await store.payments.find(paymentId);
    expect(before).toMatchObject({
      payeeEmail: 'lee@example.com',
      payeeName: 'Lee Wong',
      note: 'for pizza',
      amount: USD20,
    });
    await store.payments.draft({
      paymentId,
      payerKey,
      payeeEmail: 'eve@example.com',
      payeeName: 'Eve',
      amount: { minor: 999_999, currency: 'USD' },
      expiresAt: new Date(),
    });
    await expect(store.payments.find(paymentId)).resolves.toEqual(before);
  });

  test('are listed newest first, for the payer and for whoever takes part', async () => {
    const [payer, payeeKey] = [await somebody(store), await somebody(store)];
    const first = await drafted(store, payer, { payeeKey });
    const second = await drafted(store, payer);
    const ids = (payments: { paymentId: string }[]) => payments.map(({ paymentId }) => paymentId);
    expect(ids(await store.payments.ofPayer(payer, 10))).toEqual([second, first]);
    expect(ids(await store.payments.ofPayer(payer, 1))).toEqual([second]);
    expect(ids(await store.payments.ofPerson(payeeKey, 10))).toEqual([first]);
    expect(ids(await store.payments.ofPayer(payeeKey, 10))).toEqual([]);
  });

  test('move from the states that are named and from no other', async () => {
    const paymentId = await drafted(store, payerKey);
    await expect(store.payments.move(paymentId, ['draft'], 'started')).resolves.toBe(true);
    await expect(store.payments.move(paymentId, ['draft'], 'cancelled')).resolves.toBe(false);
    await expect(store.payments.find(paymentId)).resolves.toMatchObject({ state: 'started' });
    await expect(store.payments.move(randomUUID(), ['draft'], 'started')).resolves.toBe(false);
  });

  test('stay as they are when a move is repeated, which is as good as the first', async () => {
    const paymentId = await drafted(store, payerKey);
    await store.payments.move(paymentId, ['draft'], 'started');
    await store.payments.move(paymentId, ['started'], 'declined', { reason: 'insufficient-funds' });
    const before = await store.payments.find(paymentId);
    expect(before).toMatchObject({
      reason: 'insufficient-funds',
      startedAt: expect.any(Date),
      finishedAt: expect.any(Date),
    });
    await expect(store.payments.move(paymentId, ['started'], 'declined')).resolves.toBe(true);
    await expect(store.payments.find(paymentId)).resolves.toEqual(before);
  });

  test('go one way when two opposite moves meet', async () => {
    for (let round = 0; round < 10; round += 1) {
      const paymentId = await drafted(store, payerKey);
      const moves: PaymentState[] = ['started', 'cancelled'];
      const outcomes = await Promise.all(moves.map((to) => store.payments.move(paymentId, ['draft'], to)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
    }
  });

  describe('take steps that', () => {
    async function intended(step: 'charge' | 'payout' | 'refund' = 'charge') {
      const paymentId = await drafted(store, payerKey);
      const key = `${paymentId}:${step}:1`;
      await store.payments.intend({ paymentId, step, epoch: 1, key, amount: USD20 });
      return { paymentId, step, epoch: 1, key };
    }

    test('are written down once, with the time of the first attempt', async () => {
      const { key, ...step } = await intended();
      const first = await store.payments.intend({ ...step, key, amount: USD20 });
      await store.payments.stepDone({ ...step, providerIds: { captureId: 'C1' } });
      const again = await store.payments.intend({ ...step, key, amount: USD20 });
      expect(again).toEqual({ firstAttemptAt: first.firstAttemptAt, state: 'done', providerIds: { captureId: 'C1' } });
    });

    test('cannot be intended again with another amount or key', async () => {
      const { key, ...step } = await intended();
      const more = { ...step, key, amount: { ...USD20, minor: 2001 } };
      await expect(store.payments.intend(more)).rejects.toThrow(MoneyContradiction);
      await expect(store.payments.intend({ ...step, key: `${key}!`, amount: USD20 })).rejects.toThrow(
        MoneyContradiction,
      );
    });

    test("never share a request key with another payment's", async () => {
      const { key } = await intended();
      const paymentId = await drafted(store, payerKey);
      await expect(store.payments.intend({ paymentId, step: 'charge', epoch: 1, key, amount: USD20 })).rejects.toThrow(
        /unique/,
      );
    });

    test('were done or not, and never both', async () => {
      const { key: _, ...done } = await intended('refund');
      await store.payments.stepDone({ ...done, providerIds: {} });
      await store.payments.stepDone({ ...done, providerIds: {} });
      await expect(store.payments.stepFailed({ ...done, state: 'failed' })).rejects.toThrow(MoneyContradiction);
      const { key: __, ...declined } = await intended();
      await store.payments.stepFailed({ ...declined, state: 'declined' });
      await store.payments.stepFailed({ ...declined, state: 'declined' });
      await expect(store.payments.stepDone({ ...declined, providerIds: {} })).rejects.toThrow(MoneyContradiction);
    });

    test('come back where nobody claimed a payout that was done', async () => {
      const { key, ...step } = await intended('payout');
      await store.payments.stepDone({ ...step, providerIds: { batchId: 'B1' } });
      await store.payments.stepFailed({ ...step, state: 'failed' });
      await expect(store.payments.intend({ ...step, key, amount: USD20 })).resolves.toMatchObject({
        state: 'failed',
        providerIds: { batchId: 'B1' },
      });
    });

    test('have to be intended before they have an outcome', async () => {
      const step = { paymentId: await drafted(store, payerKey), step: 'charge', epoch: 1 } as const;
      await expect(store.payments.stepDone({ ...step, providerIds: {} })).rejects.toThrow(NoSuchRow);
    });

    test("give the provider's id of the latest epoch that has one", async () => {
      const { paymentId, step, ...first } = await intended();
      await store.payments.stepDone({ paymentId, step, ...first, providerIds: { captureId: 'C1' } });
      const second = { paymentId, step, epoch: 2 };
      await store.payments.intend({ ...second, key: `${paymentId}:charge:2`, amount: USD20 });
      await expect(store.payments.providerId(paymentId, 'charge', 'captureId')).resolves.toBe('C1');
      await store.payments.stepDone({ ...second, providerIds: { captureId: 'C2' } });
      await expect(store.payments.providerId(paymentId, 'charge', 'captureId')).resolves.toBe('C2');
      await expect(store.payments.providerId(paymentId, 'refund', 'refundId')).resolves.toBeUndefined();
    });
  });

  describe('wait for payouts that', () => {
    const waiter = { workflowId: 'payment/1', activityId: 'payout' };

    test('remember their ids and take each later state until a final one', async () => {
      const paymentId = await drafted(store, payerKey);
      const { awaitPayout, payoutOf } = payoutsOf(store, paymentId);
      await expect(payoutOf()).resolves.toBeUndefined();
      await awaitPayout({ ...waiter, state: 'pending' });
      await awaitPayout({ ...waiter, batchId: 'B1', state: 'unclaimed' });
      await awaitPayout({ ...waiter, itemId: 'I1', state: 'paid' });
      await awaitPayout({ ...waiter, state: 'pending' });
      await expect(payoutOf()).resolves.toEqual({ ...waiter, batchId: 'B1', itemId: 'I1', state: 'paid' });
    });

    test.each([
      ['paid', 'failed', 'paid'],
      ['failed', 'paid', 'failed'],
      ['returned', 'unclaimed', 'returned'],
      ['paid', 'reversed', 'reversed'],
      ['reversed', 'paid', 'reversed'],
      ['unclaimed', 'returned', 'returned'],
    ] as const)('are %s and then told %s, are %s', async (first, then, kept) => {
      const { awaitPayout, payoutOf } = payoutsOf(store, await drafted(store, payerKey));
      await awaitPayout({ ...waiter, state: first });
      await awaitPayout({ ...waiter, state: then });
      await expect(payoutOf()).resolves.toMatchObject({ state: kept });
    });
  });
});

function payoutsOf({ payments }: Store, paymentId: string) {
  return {
    awaitPayout: (payout: Omit<Parameters<typeof payments.awaitPayout>[0], 'paymentId'>) =>
      payments.awaitPayout({ paymentId, ...payout }),
    payoutOf: () => payments.payoutOf(paymentId),
  };
}
