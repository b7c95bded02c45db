import { randomUUID } from 'node:crypto';
import type { Store } from '../../src/store';
import { openStore } from './opened';
import type { OpenedStore } from './opened';

describe('Received events', () => {
  let opened: OpenedStore;
  let store: Store;
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterAll(() => opened.close());

  const event = (eventId: string) => ({
    provider: 'paypal',
    eventId,
    bodyHash: Buffer.alloc(32, 1),
    body: Buffer.from('{"resource":{"receiver":"lee@example.com"}}'),
  });

  test('may be skipped only once they were handed on, not when they merely came before', async () => {
    const eventId = randomUUID();
    await expect(store.received.begin(event(eventId))).resolves.toEqual({ forwarded: false });
    await expect(store.received.begin(event(eventId))).resolves.toEqual({ forwarded: false });
    await store.received.forwarded('paypal', eventId);
    await store.received.forwarded('paypal', eventId);
    await expect(store.received.begin(event(eventId))).resolves.toEqual({ forwarded: true });
  });

  test('of two providers may have the same id', async () => {
    const eventId = randomUUID();
    await store.received.begin(event(eventId));
    await store.received.forwarded('paypal', eventId);
    await expect(store.received.begin({ ...event(eventId), provider: 'messenger' })).resolves.toEqual({
      forwarded: false,
    });
  });

  test('are purged by age, but not before they were handed on', async () => {
    const [done, open] = [randomUUID(), randomUUID()];
    await store.received.begin(event(done));
    await store.received.begin(event(open));
    await store.received.forwarded('paypal', done);
    await expect(store.received.purge(new Date(0))).resolves.toBe(0);
    await expect(store.received.purge(new Date(Date.now() + 60_000))).resolves.toBeGreaterThan(0);
    const left = await opened.query<{ event_id: string }>('select event_id from received_events');
    const ids = left.map((row) => row.event_id);
    expect(ids).toContain(open);
    expect(ids).not.toContain(done);
  });
});
