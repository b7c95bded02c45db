import type { LinkSession, Store } from '../../store';

/** How long a page waits for PayPal to say who logged in, and how often it looks, in milliseconds. */
const IDENTITY_WAIT_MS = 15_000;
const IDENTITY_POLL_MS = 50;

/** The platform that the browser names. Messenger tells nobody, so this is the only sign of it. */
export function platformOf(userAgent: string | undefined): 'ios' | 'android' | 'web' {
  if (/iPhone|iPad|iPod/i.test(userAgent ?? '')) return 'ios';
  return /Android/i.test(userAgent ?? '') ? 'android' : 'web';
}

/**
 * Waits until the linking workflow has written down who logged in. Reading a row costs nothing; asking the workflow
 * would cost an Action each time.
 */
export async function waitForIdentity(store: Store, sessionId: string): Promise<LinkSession | undefined> {
  const until = Date.now() + IDENTITY_WAIT_MS;
  for (;;) {
    const session = await store.linkSessions.find(sessionId);
    if (session?.identity || session?.state === 'refused' || Date.now() >= until) return session;
    await new Promise((done) => setTimeout(done, IDENTITY_POLL_MS));
  }
}
