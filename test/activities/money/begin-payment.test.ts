import type { Dependencies } from '../../../activities';
import { createBeginning } from '../../../activities/money/begin';
import { LAUNCH_DECISION } from '../../../src/domain/rollout/decision';
import { drafted, openStore, somebody } from '../../store/opened';
import type { OpenedStore } from '../../store/opened';

describe('beginning a confirmed payment', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  /** Begins a payment whose row is in this state, where Temporal takes starts; gives the answer and what was started. */
  async function begin(state: 'started' | 'cancelled'): Promise<{ answer: unknown; started: number }> {
    const { store } = opened;
    const payerKey = await somebody(store);
    const paymentId = await drafted(store, payerKey);
    await store.payments.move(paymentId, ['draft'], state);
    let started = 0;
    const gateway = { startPayment: () => Promise.resolve((started += 1) === 1 ? 'started' : 'existing') };
    const beginning = createBeginning({ store, gateway: gateway as unknown as Dependencies['gateway'] });
    const answer = await beginning.beginPayment({ payerKey, paymentId, rollout: LAUNCH_DECISION, at: Date.now() });
    return { answer, started };
  }

  test('starts the run although an earlier try died between the row and the start', async () => {
    expect(await begin('started')).toEqual({ answer: 'started', started: 1 });
  });

  test('starts nothing for a card that was cancelled', async () => {
    expect(await begin('cancelled')).toEqual({ answer: 'void', started: 0 });
  });
});
