import { KeyRing } from '../../../src/keys';
import { createStore } from '../../../src/store';
import type { Store } from '../../../src/store';
import { eventually } from '../../world/waiting';
import { FIRST_KEY, openStore } from '../opened';
import type { OpenedStore } from '../opened';

describe('Events of the desk', () => {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterEach(() => opened.close());

  const kinds = async (after = 0) => (await store.deskEvents.after(after, 100)).map(({ kind }) => kind);

  test('are read from where a desk stopped, and per conversation', async () => {
    await expect(store.deskEvents.latestId()).resolves.toBe(0);
    await store.deskEvents.append({ kind: 'claim', conversationId: 'c1', actor: 'Ray', detail: { reason: undefined } });
    await store.deskEvents.append({ kind: 'message', conversationId: 'c2' });
    const [first] = await store.deskEvents.after(0, 1);
    expect(first).toEqual({
      eventId: first?.eventId,
      kind: 'claim',
      conversationId: 'c1',
      actor: 'Ray',
      detail: {},
      at: expect.any(Date),
    });
    expect(await kinds(first?.eventId)).toEqual(['message']);
    expect((await store.deskEvents.historyOf('c1')).map(({ kind }) => kind)).toEqual(['claim']);
    await expect(store.deskEvents.latestId()).resolves.toBe((await store.deskEvents.after(0, 9)).at(-1)?.eventId);
  });

  test('never appear behind one that was read: the second waits for the commit of the first', async () => {
    let second: Promise<void> = Promise.resolve();
    await store.transaction(async (tx) => {
      await tx.deskEvents.append({ kind: 'first' });
      second = store.deskEvents.append({ kind: 'second' });
      await opened.somebodyWaits();
      expect(await kinds()).toEqual([]);
    });
    await second;
    expect(await kinds()).toEqual(['first', 'second']);
  });

  test('are told to who listens, once they are committed and not before', async () => {
    const heard: number[] = [];
    const listening = await store.deskEvents.listen((eventId) => heard.push(eventId));
    const failed = store.transaction(async (tx) => {
      await tx.deskEvents.append({ kind: 'never' });
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    await store.deskEvents.append({ kind: 'message' });
    await eventually('the event is heard', async () => heard.length > 0);
    expect(heard).toEqual([await store.deskEvents.latestId()]);
    await listening.close();
  });

  test('are told again after the connection was ended, beginning with the latest', async () => {
    const heard: number[] = [];
    const listening = await store.deskEvents.listen((eventId) => heard.push(eventId));
    const listeners = async () =>
      opened.query<{ pid: number }>(
        `select pid from pg_stat_activity where query = 'listen desk' and datname = current_database()`,
      );
    const [before] = await listeners();
    await opened.query('select pg_terminate_backend($1)', [before?.pid]);
    await store.deskEvents.append({ kind: 'missed' });
    const missed = await store.deskEvents.latestId();
    await eventually('the missed event is told', async () => heard.includes(missed));
    await store.deskEvents.append({ kind: 'next' });
    const next = await store.deskEvents.latestId();
    await eventually('the next event is told', async () => heard.includes(next));
    expect((await listeners()).map(({ pid }) => pid)).not.toContain(before?.pid);
    await listening.close();
  });

  test('cannot be listened to without a database, and are not tried for any further', async () => {
    const away = createStore({
      databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing',
      keys: new KeyRing([FIRST_KEY]),
      blindIndexKey: FIRST_KEY.key,
    });
    await expect(away.deskEvents.listen(() => undefined)).rejects.toThrow();
    await away.close();
  });

  test('are told to nobody after closing, and no connection stays', async () => {
    const heard: number[] = [];
    const listening = await store.deskEvents.listen((eventId) => heard.push(eventId));
    await listening.close();
    await store.deskEvents.append({ kind: 'message' });
    await eventually('the connection is gone', async () => {
      const left = await opened.query(
        `select 1 from pg_stat_activity where query = 'listen desk' and datname = current_database()`,
      );
      return left.length === 0;
    });
    expect(heard).toEqual([]);
  });
});
