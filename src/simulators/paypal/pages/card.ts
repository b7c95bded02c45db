import type { Request, Response, Router } from 'express';
import { html, page } from '../../control/page';
import type { SetupToken } from '../state/records';
import type { World } from '../state/world';
import { chooseCard, liveSetupToken } from '../vault/setup-tokens';
import { TEST_CARDS } from '../vault/test-cards';
import { deadEnd } from './forms';
import { withParameters } from './sign-in';

const TITLE = 'Save a card';

function show(res: Response, token: SetupToken): void {
  const cancelled = withParameters(token.cancelUrl ?? '', { approval_token_id: token.id });
  const body = html`<section class="card">
    <h1>${TITLE}</h1>
    <p>
      <strong>PayPal in Messenger</strong> asks to keep a card, for payments that you confirm in the chat. Choose one of
      these made-up cards; no number is typed here.
    </p>
    <form method="post" action="/vault/card">
      <input type="hidden" name="setup_token" value="${token.id}" />
      ${TEST_CARDS.map(({ id, words }) => html`<button type="submit" name="card" value="${id}">${words}</button>`)}
    </form>
    <p><a href="${cancelled}">Cancel</a></p>
  </section>`;
  res.type('html').send(page({ title: TITLE, body }));
}

function refuse(res: Response): void {
  const body = deadEnd('This request is over', 'Go back to where you came from and start again.');
  res
    .status(404)
    .type('html')
    .send(page({ title: 'This request is over', body }));
}

/** `/vault/card`: which card may be kept? */
export function cardPages(world: World, routes: Router): void {
  const choosable = (id: unknown): SetupToken | undefined => {
    const token = liveSetupToken(world, typeof id === 'string' ? id : '');
    return token?.source === 'card' && token.status === 'PAYER_ACTION_REQUIRED' ? token : undefined;
  };
  routes.get('/vault/card', (req, res) => {
    const token = choosable(req.query['setup_token']);
    if (token) show(res, token);
    else refuse(res);
  });
  routes.post('/vault/card', async (req: Request<object, unknown, Record<string, string>>, res) => {
    const token = choosable(req.body['setup_token']);
    const chosen = TEST_CARDS.find(({ id }) => id === req.body['card']);
    if (!token || !chosen) return refuse(res);
    chooseCard(world, token, chosen);
    await world.documents.commit();
    res.redirect(303, withParameters(token.returnUrl ?? '', { approval_token_id: token.id }));
  });
}
