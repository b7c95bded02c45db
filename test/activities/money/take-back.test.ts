import type { Dependencies } from '../../../activities';
import { createPayout } from '../../../activities/money/payout';
import type { Money } from '../../../src/domain/money/amounts';
import type { Payout } from '../../../src/domain/money/wallet';
import { conversing, drafted, openStore } from '../../store/opened';
import type { OpenedStore } from '../../store/opened';

const AMOUNT: Money = { minor: 2000, currency: 'USD' };
const UNCLAIMED: Payout = {
  batchId: 'BATCH1',
  itemId: 'ITEM1',
  state: 'unclaimed',
  amount: AMOUNT,
  fee: { ...AMOUNT, minor: 0 },
};

describe('taking back what nobody has claimed', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  /** A payment whose payout was made, as the answer to the call told it: without the item. */
  async function paidOut(): Promise<string> {
    const { personKey } = await conversing(opened.store);
    const paymentId = await drafted(opened.store, personKey);
    const waiting = { paymentId, workflowId: `payment/${paymentId}`, activityId: 'payout' };
    await opened.store.payments.awaitPayout({ ...waiting, batchId: 'BATCH1', state: 'pending' });
    return paymentId;
  }

  test('finds the item that the answer to the payout did not name', async () => {
    const paymentId = await paidOut();
    const asked: string[] = [];
    const wallet = {
      findPayout: (batchId: string) => (asked.push(batchId), Promise.resolve(UNCLAIMED)),
      cancelPayout: (itemId: string) => (asked.push(itemId), Promise.resolve({ ...UNCLAIMED, state: 'returned' })),
    } as unknown as Dependencies['wallet'];
    const payout = createPayout({ store: opened.store, wallet });
    await expect(payout.cancelPayout({ paymentId, epoch: 1, amount: AMOUNT })).resolves.toMatchObject({
      state: 'returned',
    });
    expect(asked).toEqual(['BATCH1', 'ITEM1']);
  });

  test('is tried again while the provider does not show the item', async () => {
    const paymentId = await paidOut();
    const { itemId: _notYet, ...withoutItem } = UNCLAIMED;
    const wallet = { findPayout: () => Promise.resolve(withoutItem) } as unknown as Dependencies['wallet'];
    const payout = createPayout({ store: opened.store, wallet });
    const failure = payout.cancelPayout({ paymentId, epoch: 1, amount: AMOUNT });
    await expect(failure).rejects.toMatchObject({ type: 'provider_retry', nonRetryable: false });
  });
});
