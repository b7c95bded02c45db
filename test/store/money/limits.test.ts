import type { Cap } from '../../../src/domain/money/limits';
import { MoneyContradiction } from '../../../src/store';
import type { Store } from '../../../src/store';
import { drafted, openStore, somebody } from '../opened';
import type { OpenedStore } from '../opened';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);
const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;
const week = (most: number, at = NOW): Cap => ({ rule: 'rolling-week', most: usd(most), countsUntil: at + 7 * DAY });

describe('Room under the limits', () => {
  let opened: OpenedStore;
  let store: Store;
  let personKey: string;
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    personKey = await somebody(store);
  });

  const reserve = async (minor: number, caps: Cap[], at = NOW, paymentId?: string) => {
    const id = paymentId ?? (await drafted(store, personKey));
    return { id, ...(await store.limits.reserve({ paymentId: id, personKey, amount: usd(minor), at, caps })) };
  };
  const room = (caps: Cap[], at = NOW) => store.limits.room({ personKey, at, caps });

  test('is taken up to the last cent and not one more', async () => {
    expect(await reserve(9_999, [week(10_000)])).toMatchObject({ state: 'reserved' });
    expect(await room([week(10_000)])).toEqual(usd(1));
    expect(await reserve(2, [week(10_000)])).toMatchObject({ state: 'exceeded', rule: 'rolling-week' });
    expect(await reserve(1, [week(10_000)])).toMatchObject({ state: 'reserved' });
  });

  test('is taken once by a payment, however often it asks', async () => {
    const { id } = await reserve(6_000, [week(10_000)]);
    expect(await reserve(6_000, [week(10_000)], NOW, id)).toMatchObject({ state: 'reserved' });
    expect(await room([week(10_000)])).toEqual(usd(4_000));
  });

  test('under several rules is taken under all or none', async () => {
    const day: Cap = { rule: 'source-since-1', most: usd(5_000), countsUntil: NOW + DAY };
    expect(await reserve(6_000, [week(10_000), day])).toMatchObject({ state: 'exceeded', rule: 'source-since-1' });
    expect(await room([week(10_000)])).toEqual(usd(10_000));
    expect(await reserve(5_000, [week(10_000), day])).toMatchObject({ state: 'reserved' });
    expect(await room([week(10_000), day])).toEqual(usd(0));
  });

  test('comes back when a payment took nothing, once', async () => {
    const { id } = await reserve(6_000, [week(10_000)]);
    await store.limits.release(id);
    await store.limits.release(id);
    expect(await room([week(10_000)])).toEqual(usd(10_000));
    expect(await reserve(10_000, [week(10_000)])).toMatchObject({ state: 'reserved' });
    await expect(reserve(6_000, [week(10_000)], NOW, id)).rejects.toThrow(MoneyContradiction);
  });

  test('comes back for money that was sent and returned later', async () => {
    const { id } = await reserve(6_000, [week(10_000)]);
    await store.limits.commit(id);
    await store.limits.release(id);
    expect(await room([week(10_000)])).toEqual(usd(10_000));
  });

  test('of what was sent comes back when a week has passed', async () => {
    const { id } = await reserve(10_000, [week(10_000)]);
    await store.limits.commit(id);
    const later = NOW + 7 * DAY;
    expect(await reserve(1, [week(10_000)], later - 1)).toMatchObject({ state: 'exceeded' });
    expect(await room([week(10_000, later)], later)).toEqual(usd(10_000));
    expect(await reserve(10_000, [week(10_000, later)], later)).toMatchObject({ state: 'reserved' });
    await store.limits.release(id);
    expect(await room([week(10_000, later)], later)).toEqual(usd(0));
  });

  test('in one currency is not taken by another', async () => {
    const id = await drafted(store, personKey);
    const euros = {
      paymentId: id,
      personKey,
      amount: { minor: 1, currency: 'EUR' },
      at: NOW,
      caps: [week(10)],
    } as const;
    await expect(store.limits.reserve(euros)).resolves.toMatchObject({ state: 'exceeded' });
  });

  test('that a payment holds after its end is found', async () => {
    const { id } = await reserve(500, [week(10_000)]);
    await store.payments.move(id, ['draft'], 'cancelled');
    expect(await store.limits.leftBehind(100)).toContainEqual({ paymentId: id, sent: false });
    await store.limits.release(id);
    expect(await store.limits.leftBehind(100)).not.toContainEqual({ paymentId: id, sent: false });
  });
});
