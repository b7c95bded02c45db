import type { Request, Router } from 'express';
import { urlencoded } from 'express';
import { z } from 'zod';
import type { Money } from '../../domain/money/amounts';
import type { StepUp, Store } from '../../store';
import type { Gateway } from '../../temporal/gateway';
import { Refused } from '../../temporal/gateway';
import { cookieOf, guardedPages } from '../pages/guard';
import { goToLogin, newLogin } from '../pages/login';
import { endPage } from '../pages/page';
import { Problem } from '../problem';
import { answerPage, approvePage, notTheOwnerPage, startPage, unfreezePage } from './pages';
import { paymentView } from './payment-view';

export interface PayDependencies {
  store: Store;
  gateway: Gateway;
  ownUrl: string;
  paypal: { webUrl: string; clientId: string };
  shownAmount: (amount: Money) => string;
  now?: () => Date;
}

/** Ties a fresh login to the browser that began it. */
const BROWSER_COOKIE = { name: 'pay_browser', path: '/pay' };

/** How long a page waits for PayPal to say who logged in, and how often it looks, in milliseconds. */
const IDENTITY_WAIT_MS = 15_000;
const IDENTITY_POLL_MS = 50;

const form = urlencoded({ extended: false, limit: '8kb' });

/**
 * The pages of a fresh login: who logs in must be the owner of the linked account, and a button then does what the chat
 * asked for. What is decided here is only what the browser in front of us may do: who logged in and what the button does
 * is the business of the login's own workflow.
 */
export function payPages(deps: PayDependencies): Router {
  const { store, gateway, ownUrl, paypal } = deps;
  const now = deps.now ?? (() => new Date());
  const returnUrl = `${ownUrl}/pay/return`;
  const router = guardedPages('/pay', { formTargets: [new URL(paypal.webUrl).origin] });

  router.get('/pay', async (request, response) => {
    const { offer } = offered.parse(request.query);
    const { purpose } = await openOffer(offer);
    response.send(startPage({ purpose, offer }));
  });

  router.post('/pay/login', form, async (request, response) => {
    const { offer } = offered.parse(request.body);
    const { stepUpId } = await openOffer(offer);
    const login = newLogin();
    await store.stepUps.opened(stepUpId, login);
    goToLogin(response, { paypal, returnUrl, cookie: BROWSER_COOKIE, fresh: true }, login);
  });

  router.get('/pay/return', async (request, response) => {
    const { state, code } = returned.parse(request.query);
    const { stepUpId, personKey } = await ofThisBrowser(request, await store.stepUps.byLoginState(state));
    if (!code) {
      response.send(endPage('Nothing was approved', 'You did not log in at PayPal. Nothing was sent.'));
      return;
    }
    const step = encodeURIComponent(stepUpId);
    await gateway.startStepUp({
      stepUpId,
      personKey,
      login: { code, redirectUri: returnUrl },
      card: { returnUrl: `${ownUrl}/pay/card?step=${step}`, cancelUrl: `${ownUrl}/pay/no-card?step=${step}` },
    });
    const identified = await waitForIdentity(stepUpId);
    if (identified?.state === 'refused' || identified?.state === 'opened') {
      response.send(notTheOwnerPage(identified.problem));
      return;
    }
    response.redirect(303, identified?.approveUrl ?? `/pay/review?step=${step}`);
  });

  router.get('/pay/review', async (request, response) => {
    const stepUp = await stepUpIn(request, request.query);
    if (stepUp.state !== 'identified' || stepUp.purpose === 'add-card') throw gone();
    const { stepUpId, paymentId } = stepUp;
    response.send(
      paymentId === undefined ? unfreezePage(stepUpId) : approvePage(stepUpId, await paymentView(deps, paymentId)),
    );
  });

  // The card was chosen on PayPal's page, in this browser: nothing is left to ask.
  router.get('/pay/card', async (request, response) => {
    const { stepUpId } = await stepUpIn(request, request.query);
    response.send(answerPage(await decide(stepUpId, 'approve')));
  });

  router.get('/pay/no-card', async (request, response) => {
    const { stepUpId } = await stepUpIn(request, request.query);
    response.send(answerPage(await decide(stepUpId, 'cancel')));
  });

  router.post('/pay/decide', form, async (request, response) => {
    const { stepUpId } = await stepUpIn(request, request.body);
    const { choice } = z.object({ choice: z.enum(['approve', 'cancel']) }).parse(request.body);
    response.send(answerPage(await decide(stepUpId, choice)));
  });

  return router;

  /** A press on a page whose login is over is answered like any other page that can no longer be used. */
  async function decide(stepUpId: string, choice: 'approve' | 'cancel') {
    try {
      return await gateway.decideStepUp(stepUpId, choice);
    } catch (error) {
      throw error instanceof Refused ? gone() : error;
    }
  }

  async function openOffer(offer: string): Promise<StepUp> {
    const stepUp = await store.stepUps.byOffer(offer);
    const usable = stepUp && ['needed', 'opened'].includes(stepUp.state) && stepUp.expiresAt > now();
    if (!usable) throw gone();
    return stepUp;
  }

  async function stepUpIn(request: Request, source: unknown): Promise<StepUp> {
    const { step } = z.object({ step: z.uuid() }).parse(source);
    return ofThisBrowser(request, await store.stepUps.find(step));
  }

  /** A login goes on only in the browser that began it. */
  async function ofThisBrowser(request: Request, stepUp: StepUp | undefined): Promise<StepUp> {
    const browser = cookieOf(request, BROWSER_COOKIE.name);
    if (!stepUp || !browser || !(await store.stepUps.isBrowser(stepUp.stepUpId, browser))) throw gone();
    return stepUp;
  }

  /** Reading a row costs nothing; asking the workflow would cost an Action each time. */
  async function waitForIdentity(stepUpId: string): Promise<StepUp | undefined> {
    const until = Date.now() + IDENTITY_WAIT_MS;
    for (;;) {
      const stepUp = await store.stepUps.find(stepUpId);
      if (stepUp?.state !== 'opened' || Date.now() >= until) return stepUp;
      await new Promise((done) => setTimeout(done, IDENTITY_POLL_MS));
    }
  }
}

const offered = z.object({ offer: z.string().min(16).max(64) });

const returned = z.object({ state: z.string().max(200), code: z.string().max(2000).optional() });

function gone(): Problem {
  return new Problem(410, {
    code: 'link_expired',
    title: 'This page can no longer be used',
    detail:
      'It is too old, was used before, or belongs to another browser. Nothing was sent by it. Go back to the chat, where you see what has happened, and try again from there.',
  });
}
