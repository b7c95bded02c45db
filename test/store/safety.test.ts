import { randomUUID } from 'node:crypto';
import { drafted, openStore, somebody } from './opened';
import type { OpenedStore } from './opened';

describe('What keeps people safe', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  const card = (personKey: string, sourceId = randomUUID()) => ({
    sourceId,
    personKey,
    label: 'Visa ••1111',
    token: `token-${sourceId}`,
    customerId: 'customer-1',
  });

  test('cards are added once, and only their owner can make one the default', async () => {
    const { sources } = opened.store;
    const [owner, other] = [await somebody(opened.store), await somebody(opened.store)];
    const added = card(owner);
    await Promise.all(Array.from({ length: 5 }, () => sources.add(added)));
    await expect(sources.of(owner)).resolves.toMatchObject([{ sourceId: added.sourceId, label: 'Visa ••1111' }]);
    await expect(sources.makeDefault(other, added.sourceId)).resolves.toBe(false);
    await expect(sources.makeDefault(owner, added.sourceId)).resolves.toBe(true);
    await expect(sources.makeDefault(owner, added.sourceId)).resolves.toBe(false);
    await expect(sources.defaultOf(owner)).resolves.toMatchObject({ sourceId: added.sourceId });
    await sources.removed(added.sourceId);
    await expect(sources.defaultOf(owner)).resolves.toBeUndefined();
    await expect(sources.token(added.sourceId)).resolves.toBeUndefined();
  });

  test('a fresh login has one address, however often its message is written', async () => {
    const { stepUps } = opened.store;
    const personKey = await somebody(opened.store);
    const stepUpId = randomUUID();
    await stepUps.need({ stepUpId, personKey, purpose: 'unfreeze', expiresAt: new Date(Date.now() + 60_000) });
    const offers = await Promise.all(['a', 'b', 'c'].map((secret) => stepUps.offer(stepUpId, secret.repeat(22))));
    expect(new Set(offers).size).toBe(1);
    await expect(stepUps.byOffer(offers[0] ?? '')).resolves.toMatchObject({ stepUpId, state: 'needed' });
  });

  test('an approval is of one payment alone, and of none before its payer agreed', async () => {
    const { stepUps } = opened.store;
    const personKey = await somebody(opened.store);
    const [paymentId, another] = [await drafted(opened.store, personKey), await drafted(opened.store, personKey)];
    const stepUpId = randomUUID();
    const expiresAt = new Date(Date.now() + 60_000);
    await stepUps.need({ stepUpId, personKey, purpose: 'payment', paymentId, expiresAt });
    await stepUps.opened(stepUpId, { loginState: 'state', codeVerifier: 'verifier', browser: 'browser' });
    await expect(stepUps.approved(stepUpId)).resolves.toBe(false);
    await stepUps.identified(stepUpId);
    await expect(stepUps.isApproved(stepUpId, paymentId)).resolves.toBe(false);
    await stepUps.approved(stepUpId);
    await expect(stepUps.isApproved(stepUpId, paymentId)).resolves.toBe(true);
    await expect(stepUps.isApproved(stepUpId, another)).resolves.toBe(false);
  });

  test('a block is one-sided, and freezing voids every open card', async () => {
    const { safety, payments } = opened.store;
    const [one, two] = [await somebody(opened.store), await somebody(opened.store)];
    await safety.block(one, two);
    await safety.block(one, two);
    await expect(safety.hasBlocked(one, two)).resolves.toBe(true);
    await expect(safety.hasBlocked(two, one)).resolves.toBe(false);
    await safety.unblock(one, two);
    await expect(safety.blockedBy(one)).resolves.toEqual([]);
    const paymentId = await drafted(opened.store, one);
    await safety.freeze(one);
    await safety.voidCards(one, 'frozen');
    await expect(safety.isFrozen(one)).resolves.toBe(true);
    await expect(payments.find(paymentId)).resolves.toMatchObject({ state: 'cancelled', reason: 'frozen' });
  });

  test('everything of it goes when the person is forgotten, but that others have blocked them', async () => {
    const { store } = opened;
    const [gone, other] = [await somebody(store), await somebody(store)];
    const added = card(gone);
    await store.sources.add(added);
    await store.sources.makeDefault(gone, added.sourceId);
    await store.safety.freeze(gone);
    await store.safety.block(gone, other);
    await store.safety.block(other, gone);
    const stepUp = { stepUpId: randomUUID(), personKey: gone, expiresAt: new Date() };
    await store.stepUps.need({ ...stepUp, purpose: 'unfreeze' });
    await store.people.forget(gone);
    for (const table of ['funding_sources', 'money_settings', 'step_ups']) {
      await expect(opened.query(`select 1 from ${table} where person_key = $1`, [gone])).resolves.toEqual([]);
    }
    await expect(store.safety.blockedBy(gone)).resolves.toEqual([]);
    await expect(store.safety.blockedBy(other)).resolves.toEqual([gone]);
  });
});
