import { randomUUID } from 'node:crypto';
import type { Store } from '../../../src/store';
import { openStore, somebody } from '../opened';
import type { OpenedStore } from '../opened';

const IDENTITY = { payerId: 'P1', name: 'Dana Reyes', email: 'dana@example.com', country: 'US', verified: true };
const INSIDE = new Date(1_000_000);
const CODE_EXPIRES = new Date(1_300_000);
const TOO_LATE = new Date(1_300_001);

describe('Attempts to link', () => {
  let opened: OpenedStore;
  let store: Store;
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterAll(() => opened.close());

  async function offered(): Promise<{ sessionId: string; personKey: string; offer: string }> {
    const session = { sessionId: randomUUID(), personKey: await somebody(store), offer: randomUUID() };
    await store.linkSessions.offer({ ...session, expiresAt: new Date(2_000_000) });
    return session;
  }

  async function confirmed(): Promise<{ sessionId: string; personKey: string; code: string }> {
    const { sessionId, personKey } = await offered();
    const code = randomUUID();
    const { linkSessions } = store;
    await linkSessions.opened(sessionId, page());
    await linkSessions.identified(sessionId, { identity: IDENTITY, setupId: 'S1', approveUrl: 'https://pay/approve' });
    await linkSessions.approved(sessionId);
    await linkSessions.confirmed(sessionId, { code, codeExpiresAt: CODE_EXPIRES });
    return { sessionId, personKey, code };
  }

  test('go from the offer to the confirmation, and keep what each step brought', async () => {
    const { linkSessions } = store;
    const { sessionId, personKey, offer } = await offered();
    await expect(linkSessions.byOffer(offer)).resolves.toMatchObject({ sessionId, personKey, state: 'offered' });
    const shown = page();
    await expect(linkSessions.opened(sessionId, shown)).resolves.toBe(true);
    await expect(linkSessions.byLoginState(shown.loginState)).resolves.toMatchObject({
      state: 'opened',
      way: 'channel',
      platform: 'ios',
      redirectUri: 'https://messenger/redirect',
      codeVerifier: shown.codeVerifier,
    });
    const found = { identity: IDENTITY, setupId: 'S1', approveUrl: 'https://pay/approve' };
    await expect(linkSessions.identified(sessionId, found)).resolves.toBe(true);
    await expect(linkSessions.approved(sessionId)).resolves.toBe(true);
    await expect(linkSessions.confirmed(sessionId, { code: 'c', codeExpiresAt: CODE_EXPIRES })).resolves.toBe(true);
    await expect(linkSessions.find(sessionId)).resolves.toMatchObject({ state: 'confirmed', ...found });
  });

  test('cannot skip a step', async () => {
    const { linkSessions } = store;
    const { sessionId } = await offered();
    await expect(linkSessions.approved(sessionId)).resolves.toBe(false);
    await expect(linkSessions.confirmed(sessionId, { code: 'x', codeExpiresAt: CODE_EXPIRES })).resolves.toBe(false);
    await expect(linkSessions.find(sessionId)).resolves.toMatchObject({ state: 'offered' });
  });

  test('know the browser that opened the page from every other', async () => {
    const { sessionId } = await offered();
    const shown = page();
    await store.linkSessions.opened(sessionId, shown);
    await expect(store.linkSessions.isBrowser(sessionId, shown.browser)).resolves.toBe(true);
    await expect(store.linkSessions.isBrowser(sessionId, 'another')).resolves.toBe(false);
  });

  test('are taken by code, again and again by the same person until they have ended', async () => {
    const { sessionId, personKey, code } = await confirmed();
    const taken = await store.linkSessions.takeByCode(code, personKey, INSIDE);
    expect(taken).toMatchObject({ sessionId, identity: IDENTITY });
    await expect(store.linkSessions.takeByCode(code, personKey, TOO_LATE)).resolves.toEqual(taken);
    await store.linkSessions.ended(sessionId, 'linked');
    await expect(store.linkSessions.takeByCode(code, personKey, INSIDE)).resolves.toBe('used');
  });

  test('refuse a code that is unknown, late, or brought by another person', async () => {
    const { personKey, code } = await confirmed();
    const { linkSessions } = store;
    await expect(linkSessions.takeByCode('no such code', personKey, INSIDE)).resolves.toBe('unknown');
    await expect(linkSessions.takeByCode(code, await somebody(store), INSIDE)).resolves.toBe('other-person');
    await expect(linkSessions.takeByCode(code, personKey, TOO_LATE)).resolves.toBe('expired');
  });

  test('take a new code in place of one that nobody has brought yet, and none afterwards', async () => {
    const { sessionId, personKey, code } = await confirmed();
    const { linkSessions } = store;
    const second = { code: randomUUID(), codeExpiresAt: CODE_EXPIRES };
    await expect(linkSessions.confirmed(sessionId, second)).resolves.toBe(true);
    await expect(linkSessions.takeByCode(code, personKey, INSIDE)).resolves.toBe('unknown');
    await linkSessions.takeByCode(second.code, personKey, INSIDE);
    await expect(linkSessions.confirmed(sessionId, { ...second, code: 'third' })).resolves.toBe(false);
  });

  test('keep their first end', async () => {
    const { sessionId } = await confirmed();
    await store.linkSessions.ended(sessionId, 'refused', 'account-taken');
    await store.linkSessions.ended(sessionId, 'linked');
    const ended = { state: 'refused', problem: 'account-taken' };
    await expect(store.linkSessions.find(sessionId)).resolves.toMatchObject(ended);
  });

  test('keep no secret: offers, states, codes and browsers are hashes', async () => {
    const { sessionId, offer } = await offered();
    const shown = page();
    await store.linkSessions.opened(sessionId, shown);
    const [row] = await opened.query<{ text: string }>(
      'select link_sessions::text as text from link_sessions where session_id = $1',
      [sessionId],
    );
    for (const secret of [offer, shown.loginState, shown.browser, shown.codeVerifier]) {
      expect(row?.text).not.toContain(secret);
      expect(row?.text).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});

function page() {
  return {
    way: 'channel',
    platform: 'ios',
    redirectUri: 'https://messenger/redirect',
    loginState: randomUUID(),
    codeVerifier: randomUUID(),
    browser: randomUUID(),
  } as const;
}
