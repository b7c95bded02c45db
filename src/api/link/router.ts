import type { Request, Response, Router } from 'express';
import { urlencoded } from 'express';
import { z } from 'zod';
import { maskedEmail } from '../../domain/people/masked';
import { capability } from '../../identity';
import type { LinkSession, Store } from '../../store';
import type { Gateway } from '../../temporal/gateway';
import { cookieOf, guardedPages } from '../pages/guard';
import { goToLogin, newLogin } from '../pages/login';
import { endPage } from '../pages/page';
import { Problem } from '../problem';
import { confirmPage, startPage } from './pages';
import { platformOf, waitForIdentity } from './visitor';

export interface LinkDependencies {
  store: Store;
  gateway: Gateway;
  ownUrl: string;
  paypal: { webUrl: string; clientId: string };
  /** Origins that the channel may ask us to send the browser back to. */
  channelOrigins: string[];
  now?: () => Date;
}

/** A code lives five minutes, in milliseconds, as the channel's own linking token does (Messenger, account linking). */
const CODE_LIFE_MS = 5 * 60_000;

/** Ties a linking session to the browser that began it. */
const BROWSER_COOKIE = { name: 'link_browser', path: '/link' };

const start = z.object({
  offer: z.string().min(16).max(64),
  way: z.literal('web').optional(),
  redirect_uri: z.url().optional(),
  account_linking_token: z.string().max(2000).optional(),
});

/**
 * The linking pages. What is decided here is only what the browser in front of us may do; the link itself is bound when
 * the channel's signed webhook brings the code back from the person it was made for.
 */
export function linkPages(deps: LinkDependencies): Router {
  const { store, gateway, ownUrl, paypal } = deps;
  const now = deps.now ?? (() => new Date());
  const returnUrl = `${ownUrl}/link/return`;
  const router = guardedPages('/link', { formTargets: [new URL(paypal.webUrl).origin, ...deps.channelOrigins] });

  router.get('/link', async (request, response) => {
    const asked = start.parse(request.query);
    const session = await openOffer(asked.offer);
    if (asked.redirect_uri) checkRedirect(asked.redirect_uri);
    const passed = {
      ...(asked.way ? { way: asked.way } : {}),
      ...(asked.redirect_uri ? { redirect_uri: asked.redirect_uri } : {}),
    };
    response.send(startPage({ personName: await nameOf(session), offer: asked.offer, passed }));
  });

  router.post('/link/login', urlencoded({ extended: false, limit: '8kb' }), async (request, response) => {
    const asked = start.parse(request.body);
    const session = await openOffer(asked.offer);
    if (asked.redirect_uri) checkRedirect(asked.redirect_uri);
    const login = newLogin();
    await store.linkSessions.opened(session.sessionId, {
      way: asked.redirect_uri ? 'channel' : 'web',
      platform: platformOf(request.headers['user-agent']),
      redirectUri: asked.redirect_uri,
      ...login,
    });
    goToLogin(response, { paypal, returnUrl, cookie: BROWSER_COOKIE }, login);
  });

  router.get('/link/return', async (request, response) => {
    const { state, code } = z
      .object({ state: z.string().max(200), code: z.string().max(2000).optional() })
      .parse(request.query);
    const session = await ofThisBrowser(request, await store.linkSessions.byLoginState(state));
    if (!code)
      return ended(response, session, 'Nothing was linked', 'You did not log in at PayPal. You can close this page.');
    const approved = `${ownUrl}/link/approved?session=${session.sessionId}`;
    await gateway.startAccountLink({
      sessionId: session.sessionId,
      personKey: session.personKey,
      login: { code, redirectUri: returnUrl },
      approval: { returnUrl: approved, cancelUrl: `${ownUrl}/link/cancelled?session=${session.sessionId}` },
    });
    const identified = await waitForIdentity(store, session.sessionId);
    if (!identified?.approveUrl) {
      return ended(
        response,
        session,
        'Nothing was linked',
        'PayPal could not tell us who you are just now. Go back to the chat and start again.',
      );
    }
    response.redirect(303, identified.approveUrl);
  });

  router.get('/link/approved', async (request, response) => {
    const session = await sessionIn(request, request.query);
    if (!session.identity) throw gone();
    await store.linkSessions.approved(session.sessionId);
    const { name, email } = session.identity;
    response.send(
      confirmPage({
        sessionId: session.sessionId,
        personName: await nameOf(session),
        paypalName: name,
        maskedEmail: maskedEmail(email),
      }),
    );
  });

  router.get('/link/cancelled', async (request, response) => {
    const session = await sessionIn(request, request.query);
    await gateway.tellAccountLink(session.sessionId, { kind: 'abort', why: 'cancelled' });
    ended(response, session, 'Nothing was linked', 'You cancelled at PayPal. You can close this page.');
  });

  router.post('/link/confirm', urlencoded({ extended: false, limit: '8kb' }), async (request, response) => {
    const session = await sessionIn(request, request.body);
    const { choice } = z.object({ choice: z.enum(['link', 'not-me']) }).parse(request.body);
    if (choice === 'not-me') {
      await gateway.tellAccountLink(session.sessionId, { kind: 'abort', why: 'not-me' });
      return ended(response, session, 'Nothing was linked', 'You can close this page.');
    }
    const code = capability();
    const codeExpiresAt = new Date(now().getTime() + CODE_LIFE_MS);
    // A second press, as of an impatient finger, gets a code of its own: the browser follows only the last answer.
    if (!(await store.linkSessions.confirmed(session.sessionId, { code, codeExpiresAt }))) throw gone();
    if (session.redirectUri) {
      // As it is, with the code added: it already carries the channel's own token.
      const target = new URL(session.redirectUri);
      target.searchParams.set('authorization_code', code);
      return response.redirect(303, target.href);
    }
    await gateway.tellAccountLink(session.sessionId, { kind: 'confirm-in-chat', code });
    response.send(endPage('Almost done', 'Go back to the chat and tap “Yes, link it”. You can close this page.'));
  });

  return router;

  async function openOffer(offer: string): Promise<LinkSession> {
    const session = await store.linkSessions.byOffer(offer);
    const usable = session && ['offered', 'opened'].includes(session.state) && session.expiresAt > now();
    if (!usable) throw gone();
    return session;
  }

  async function sessionIn(request: Request, source: unknown): Promise<LinkSession> {
    const { session } = z.object({ session: z.uuid() }).parse(source);
    return ofThisBrowser(request, await store.linkSessions.find(session));
  }

  /** A session goes on only in the browser that began it. */
  async function ofThisBrowser(request: Request, session: LinkSession | undefined): Promise<LinkSession> {
    const browser = cookieOf(request, BROWSER_COOKIE.name);
    if (!session || !browser || !(await store.linkSessions.isBrowser(session.sessionId, browser))) throw gone();
    return session;
  }

  async function nameOf({ personKey }: LinkSession): Promise<string> {
    return (await store.people.find(personKey))?.name ?? 'the person who sent this link';
  }

  function checkRedirect(redirectUri: string): void {
    if (!deps.channelOrigins.includes(new URL(redirectUri).origin)) {
      throw new Problem(400, {
        code: 'wrong_input',
        title: 'Not a page of Messenger',
        detail: 'redirect_uri leads to somewhere else.',
      });
    }
  }

  /** Without a code the channel knows that linking was given up. */
  function ended(response: Response, { redirectUri }: LinkSession, title: string, words: string): void {
    if (redirectUri) response.redirect(303, redirectUri);
    else response.send(endPage(title, words));
  }
}

function gone(): Problem {
  return new Problem(410, {
    code: 'link_expired',
    title: 'This link can no longer be used',
    detail:
      'It is too old, was used before, or belongs to another browser. Go back to the chat and ask to link your account.',
  });
}
