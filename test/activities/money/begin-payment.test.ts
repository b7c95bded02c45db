import { randomUUID } from 'node:crypto';
import type { Dependencies } from '../../../activities';
import { createBeginning } from '../../../activities/money/begin';
import { LAUNCH_DECISION } from '../../../src/domain/rollout/decision';
import { drafted, openStore, somebody } from '../../store/opened';
import type { OpenedStore } from '../../store/opened';

interface Card {
  paymentId: string;
  payerKey: string;
}

/** Linked long enough ago for a tap to do. */
const ACCOUNT = {
  email: 'dana@example.com',
  name: 'Dana Reyes',
  country: 'US',
  platform: 'ios',
  customerId: 'C-1',
  verified: true,
  linkedAt: new Date(Date.now() - 7 * 86_400_000),
};

describe('beginning a confirmed payment', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  /** The activity, where Temporal answers starts so. */
  function beginningWith(startPayment: Dependencies['gateway']['startPayment']): ReturnType<typeof createBeginning> {
    return createBeginning({ store: opened.store, gateway: { startPayment } as unknown as Dependencies['gateway'] });
  }

  /** Begins a payment whose row is in this state, where Temporal takes starts; gives the answer and what was started. */
  async function begin(state: 'started' | 'cancelled'): Promise<{ answer: unknown; started: number }> {
    const { store } = opened;
    const payerKey = await somebody(store);
    const paymentId = await drafted(store, payerKey);
    await store.payments.move(paymentId, ['draft'], state);
    let started = 0;
    const beginning = beginningWith(() => Promise.resolve((started += 1) === 1 ? 'started' : 'existing'));
    const answer = await beginning.beginPayment({ payerKey, paymentId, rollout: LAUNCH_DECISION, at: Date.now() });
    return { answer, started };
  }

  test('starts the run although an earlier try died between the row and the start', async () => {
    expect(await begin('started')).toEqual({ answer: 'started', started: 1 });
  });

  test('starts nothing for a card that was cancelled', async () => {
    expect(await begin('cancelled')).toEqual({ answer: 'void', started: 0 });
  });

  describe('of a share', () => {
    /** A request of one share that stands so, and a card for it, whose payer needs no fresh login. */
    async function cardFor(state: 'asked' | 'paid'): Promise<{ card: Card; shareId: string }> {
      const { store } = opened;
      const [requesterKey, payerKey] = [await somebody(store, 'Lee Wong'), await somebody(store)];
      const [requestId, shareId, linkId] = [randomUUID(), randomUUID(), randomUUID()];
      const amount = { minor: 2000, currency: 'USD' } as const;
      await store.requests.draft({
        requestId,
        requesterKey,
        own: { ...amount, minor: 0 },
        cardExpiresAt: new Date(Date.now() + 900_000),
        shares: [{ shareId, payerKey, amount }],
      });
      if (state === 'paid') await store.requests.moveShare(shareId, ['asked'], 'paid', await drafted(store, payerKey));
      await store.links.bind({ ...ACCOUNT, linkId, personKey: payerKey, payerId: payerKey, vaultToken: payerKey });
      const known = { ownerKey: payerKey, email: 'lee@example.com', name: 'Lee Wong' };
      await store.contacts.remember(known);
      await store.contacts.paid(payerKey, known.email);
      const paymentId = await drafted(store, payerKey, {
        linkId,
        ...(state === 'asked' ? { shareId } : { sendsBack: shareId }),
      });
      return { card: { paymentId, payerKey }, shareId };
    }

    test.each(['asked', 'paid'] as const)(
      'a card that is cancelled in the same instant leaves its share %s',
      async (state) => {
        const { store } = opened;
        const { card, shareId } = await cardFor(state);
        const beginning = beginningWith(() => Promise.reject(new Error('it was cancelled')));
        let answer: Promise<unknown> = Promise.resolve();
        await store.transaction(async (tx) => {
          await tx.payments.move(card.paymentId, ['draft'], 'cancelled');
          answer = beginning.beginPayment({ ...card, rollout: LAUNCH_DECISION, at: Date.now() });
          await opened.somebodyWaits();
        });
        expect(await answer).toBe('void');
        expect((await store.requests.ofShare(shareId))?.share.state).toBe(state);
      },
    );

    test('which another payment pays begins nothing', async () => {
      const { store } = opened;
      const { card, shareId } = await cardFor('asked');
      await store.requests.moveShare(shareId, ['asked'], 'paying', await drafted(store, card.payerKey));
      const beginning = beginningWith(() => Promise.reject(new Error('another payment pays it')));
      expect(await beginning.beginPayment({ ...card, rollout: LAUNCH_DECISION, at: Date.now() })).toBe('void');
      expect((await store.payments.find(card.paymentId))?.state).toBe('draft');
    });
  });
});
