import type { Ownership, Store } from '../../../src/store';
import { conversing, openStore, somebody } from '../opened';
import type { OpenedStore } from '../opened';

describe('Conversations', () => {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterEach(() => opened.close());

  const queued = (epoch: number, since: number): Ownership => ({
    kind: 'queue',
    epoch,
    since: new Date(since),
    waitingSince: new Date(since),
    reason: 'asked-for-a-person',
  });

  test('are made once, with a reference that can be said on the telephone', async () => {
    const personKey = await somebody(store, 'Dana Reyes');
    const conversation = { conversationId: 'conversation/1/x', personKey };
    await Promise.all(Array.from({ length: 10 }, () => store.conversations.ensure(conversation)));
    const found = await store.conversations.find('conversation/1/x');
    expect(found).toMatchObject({ personKey, personName: 'Dana Reyes', owner: { kind: 'bot', epoch: 0 } });
    expect(found?.reference).toMatch(/^C-[2346789A-Z]{6}$/);
    expect(found?.reference).not.toMatch(/[01ILOSU5]/);
    await expect(store.conversations.find(found?.reference ?? '')).resolves.toEqual(found);
  });

  test('show the owner of the highest epoch, in whichever order they are told', async () => {
    const { conversationId } = await conversing(store);
    const { repId } = await store.reps.signIn('Ray', 'rep');
    const rep: Ownership = { kind: 'rep', repId, epoch: 2, since: new Date(2_000) };
    await expect(store.conversations.setOwner(conversationId, rep)).resolves.toBe(true);
    await expect(store.conversations.setOwner(conversationId, rep)).resolves.toBe(true);
    await expect(store.conversations.setOwner(conversationId, queued(1, 1_000))).resolves.toBe(false);
    await expect(store.conversations.setOwner(conversationId, queued(2, 1_000))).resolves.toBe(false);
    const found = await store.conversations.find(conversationId);
    expect(found?.owner).toEqual({ kind: 'rep', rep: { id: repId, name: 'Ray' }, since: new Date(2_000), epoch: 2 });
    expect(found?.waitingSince).toBeUndefined();
  });

  test('that wait are listed longest wait first, the others newest first', async () => {
    const { repId } = await store.reps.signIn('Ray', 'rep');
    const other = await store.reps.signIn('Una', 'rep');
    const ids = [];
    for (const minute of [3, 1, 2, 4]) {
      const { conversationId, personKey } = await conversing(store);
      ids.push(conversationId);
      const said = { conversationId, personKey, key: `m${minute}`, handledBy: 't', at: new Date(minute * 60_000) };
      await store.messages.receive({ ...said, content: { kind: 'text', text: 'hi' } });
    }
    const [third, first, second, fourth] = ids;
    for (const [id, minute] of [
      [third, 3],
      [first, 1],
      [second, 2],
    ] as [string, number][]) {
      await store.conversations.setOwner(id, queued(1, minute * 60_000));
    }
    const listed = async (state: 'waiting' | 'mine' | 'all' | 'closed', rep?: string, limit = 10) =>
      (await store.conversations.list(state, rep, limit)).map(({ conversationId }) => conversationId);
    expect(await listed('waiting')).toEqual([first, second, third]);
    expect(await listed('waiting', repId, 2)).toEqual([first, second]);
    expect(await listed('all')).toEqual([fourth, third, second, first]);
    await store.conversations.setOwner(first ?? '', { kind: 'rep', repId, epoch: 2, since: new Date() });
    expect(await listed('mine', repId)).toEqual([first]);
    expect(await listed('mine', other.repId)).toEqual([]);
    expect(await listed('mine')).toEqual([]);
  });

  test('are closed and opened again', async () => {
    const { conversationId } = await conversing(store);
    await store.conversations.setClosed(conversationId, new Date(5_000));
    expect(await store.conversations.list('closed', undefined, 10)).toMatchObject([{ closedAt: new Date(5_000) }]);
    await store.conversations.setClosed(conversationId, undefined);
    expect(await store.conversations.list('closed', undefined, 10)).toEqual([]);
  });
});
