import { createTokenSource } from '../../../src/wallets/paypal/transport/oauth';
import type { GrantedToken } from '../../../src/wallets/paypal/transport/oauth';

const HOUR_MS = 3_600_000;

/** Fetches that the test lets succeed or fail one by one, and a clock that it moves. */
function setUp() {
  const fetches: { grant(token: GrantedToken): void; fail(error: Error): void }[] = [];
  const clock = { now: 1_000_000 };
  const source = createTokenSource(
    () => new Promise((grant, fail) => fetches.push({ grant, fail })),
    () => clock.now,
  );
  const nth = (at: number) => {
    const fetch = fetches[at];
    if (!fetch) throw new Error(`there was no fetch ${at}`);
    return fetch;
  };
  return { source, clock, nth, fetches };
}

/** Lets everything that is already decided happen. */
const settle = () => new Promise((done) => setImmediate(done));

async function withToken(token: string) {
  const all = setUp();
  const first = all.source.current();
  all.nth(0).grant({ token, lifeMs: 9 * HOUR_MS });
  await first;
  return all;
}

describe('the access token', () => {
  it('is fetched once for a hundred callers at once', async () => {
    const { source, nth, fetches } = setUp();
    const callers = Array.from({ length: 100 }, () => source.current());
    nth(0).grant({ token: 'first', lifeMs: 9 * HOUR_MS });
    expect(new Set(await Promise.all(callers))).toEqual(new Set(['first']));
    expect(fetches).toHaveLength(1);
  });

  it('is kept while it works', async () => {
    const { source, clock, fetches } = await withToken('first');
    clock.now += 8 * HOUR_MS;
    expect(await source.current()).toBe('first');
    expect(fetches).toHaveLength(1);
  });

  it('is replaced early by one fetch that nobody waits for', async () => {
    const { source, clock, nth, fetches } = await withToken('first');
    clock.now += 8.5 * HOUR_MS;
    expect(await Promise.all([source.current(), source.current()])).toEqual(['first', 'first']);
    expect(fetches).toHaveLength(2);
    nth(1).grant({ token: 'second', lifeMs: 9 * HOUR_MS });
    await settle();
    expect(await source.current()).toBe('second');
  });

  it('is used on when the early fetch fails, and the next early fetch waits a little', async () => {
    const { source, clock, nth, fetches } = await withToken('first');
    clock.now += 8.5 * HOUR_MS;
    await source.current();
    nth(1).fail(new Error('unavailable'));
    await settle();
    expect(await source.current()).toBe('first');
    expect(fetches).toHaveLength(2);
    clock.now += 15_000;
    await source.current();
    expect(fetches).toHaveLength(3);
  });

  it('is not used in its last seconds; callers then wait for the next one', async () => {
    const { source, clock, nth } = await withToken('first');
    clock.now += 9 * HOUR_MS - 5_000;
    const next = source.current();
    nth(1).grant({ token: 'second', lifeMs: 9 * HOUR_MS });
    expect(await next).toBe('second');
  });

  it('is fetched once when many callers report the same token as refused', async () => {
    const { source, nth, fetches } = await withToken('first');
    source.drop('first');
    const next = source.current();
    source.drop('first');
    nth(1).grant({ token: 'second', lifeMs: 9 * HOUR_MS });
    await next;
    source.drop('first');
    expect(await source.current()).toBe('second');
    expect(fetches).toHaveLength(2);
  });

  it('is asked for again by the next caller after a fetch failed', async () => {
    const { source, nth } = setUp();
    const first = source.current();
    nth(0).fail(new Error('unavailable'));
    await expect(first).rejects.toThrow('unavailable');
    const second = source.current();
    nth(1).grant({ token: 'second', lifeMs: HOUR_MS });
    expect(await second).toBe('second');
  });
});
