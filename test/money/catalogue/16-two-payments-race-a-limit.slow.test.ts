import type { Cap } from '../../../src/domain/money/limits';
import type { Store } from '../../../src/store';
import { drafted, openStore, somebody } from '../../store/opened';
import type { OpenedStore } from '../../store/opened';

const ROUNDS = 50;
const PAYMENTS = 100;

/** 15,000 transactions, on a machine that does other things as well. */
const RACES_TAKE_MS = 180_000;
const NOW = Date.UTC(2026, 10, 24);
const TEN_DOLLARS = { minor: 1_000, currency: 'USD' } as const;
const CAP: Cap = { rule: 'rolling-week', most: { minor: 10_000, currency: 'USD' }, countsUntil: NOW + 7 * 86_400_000 };

describe('Row 16: payments race a limit', () => {
  let opened: OpenedStore;
  let store: Store;
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterAll(() => opened.close());

  test(
    `of ${PAYMENTS} payments, each delivered twice, exactly those that fit the cap are let through, ${ROUNDS} times over`,
    async () => {
      const over: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const personKey = await somebody(store);
        const paymentIds = await Promise.all(Array.from({ length: PAYMENTS }, () => drafted(store, personKey)));
        const deliveries = [...paymentIds, ...paymentIds].map((paymentId) =>
          store.limits.reserve({ paymentId, personKey, amount: TEN_DOLLARS, at: NOW, caps: [CAP] }),
        );
        const verdicts = await Promise.all(deliveries);
        const let_through = new Set(
          [...paymentIds, ...paymentIds].filter((_paymentId, place) => verdicts[place]?.state === 'reserved'),
        );
        if (let_through.size !== 10) over.push(let_through.size);
      }
      expect(over).toEqual([]);
      // What was written down is what was let through, for every person.
      const sums = await opened.query<{ used: string; reserved: string }>(
        `select c.used_minor as used, sum(r.amount_minor) as reserved from limit_counters c
       join limit_reservations r using (person_key, rule, currency) group by c.person_key, c.used_minor`,
      );
      expect(sums).toHaveLength(ROUNDS);
      for (const { used, reserved } of sums) expect([used, reserved]).toEqual(['10000', '10000']);
    },
    RACES_TAKE_MS,
  );
});
