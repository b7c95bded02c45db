import { randomUUID } from 'node:crypto';
import type { Store } from '../../../src/store';
import { conversing, openStore } from '../opened';
import type { OpenedStore } from '../opened';

describe('Slots of a rep', () => {
  let opened: OpenedStore;
  let store: Store;
  let repId: string;
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    ({ repId } = await store.reps.signIn(`Ray ${randomUUID()}`, 'rep'));
  });

  const conversation = async () => (await conversing(store)).conversationId;
  const take = (conversationId: string, more: { repId?: string; transfer?: boolean } = {}) =>
    store.slots.take({ conversationId, repId, actionId: randomUUID(), ...more });
  const used = async (of = repId) => (await store.reps.list()).find((rep) => rep.repId === of)?.used;

  test('are never more than there are, however many ask at the same moment', async () => {
    const ids = [];
    for (let n = 0; n < 100; n += 1) ids.push(await conversation());
    const processes = [store, opened.another()];
    const outcomes = await Promise.all(
      ids.map((conversationId, n) =>
        (processes[n % 2] ?? store).slots.take({ conversationId, repId, actionId: randomUUID() }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'over-capacity')).toHaveLength(97);
    await expect(used()).resolves.toBe(3);
  });

  test('are taken once by the same conversation, however often it asks and whatever the rep does meanwhile', async () => {
    const id = await conversation();
    await Promise.all(Array.from({ length: 10 }, () => take(id)));
    await store.reps.setStatus(repId, 'away');
    await expect(take(id)).resolves.toBe('taken');
    await expect(used()).resolves.toBe(1);
  });

  test('are fewer while the rep has other work', async () => {
    await store.reps.setOtherWork(repId, 2);
    await expect(take(await conversation())).resolves.toBe('taken');
    await expect(take(await conversation())).resolves.toBe('over-capacity');
    await store.reps.setOtherWork(repId, 0);
    await expect(take(await conversation())).resolves.toBe('taken');
  });

  test('are free again once given back, which may be repeated', async () => {
    const ids = [await conversation(), await conversation(), await conversation()];
    for (const id of ids) await take(id);
    const next = await conversation();
    await expect(take(next)).resolves.toBe('over-capacity');
    await store.slots.giveBack(ids[0] ?? '');
    await store.slots.giveBack(ids[0] ?? '');
    await expect(take(next)).resolves.toBe('taken');
  });

  test('go over to the colleague that a conversation is handed to', async () => {
    const colleague = await store.reps.signIn(`Una ${randomUUID()}`, 'rep');
    const id = await conversation();
    await take(id);
    await expect(take(id, { repId: colleague.repId, transfer: true })).resolves.toBe('taken');
    await expect(Promise.all([used(), used(colleague.repId)])).resolves.toEqual([0, 1]);
  });

  test.each([
    ['available', false, 'taken'],
    ['available', true, 'taken'],
    ['finishing', false, 'not-available'],
    ['finishing', true, 'taken'],
    ['away', false, 'not-available'],
    ['away', true, 'not-available'],
  ] as const)('of a rep who is %s (transfer: %s) are %s', async (status, transfer, outcome) => {
    await store.reps.setStatus(repId, status);
    await expect(take(await conversation(), { transfer })).resolves.toBe(outcome);
  });

  test('of nobody are not available', async () => {
    await expect(take(await conversation(), { repId: randomUUID() })).resolves.toBe('not-available');
  });

  test('are not taken where the transaction fails', async () => {
    const id = await conversation();
    const failed = store.transaction(async (tx) => {
      await tx.slots.take({ conversationId: id, repId, actionId: 'a' });
      throw new Error('not after all');
    });
    await expect(failed).rejects.toThrow('not after all');
    await expect(used()).resolves.toBe(0);
  });
});
