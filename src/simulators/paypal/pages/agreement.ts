import type { Request, Response, Router } from 'express';
import { html, page } from '../../control/page';
import type { Account, SetupToken } from '../state/records';
import type { World } from '../state/world';
import { approveSetupToken, liveSetupToken } from '../vault/setup-tokens';
import { AGREE, deadEnd, emailForm, unknownEmail } from './forms';
import { freshSignIn, rememberSignIn } from './session';
import { withParameters } from './sign-in';

const returnAddress = (token: SetupToken): string =>
  withParameters(token.returnUrl ?? '', { approval_token_id: token.id, approval_session_id: token.id });

const cancelAddress = (token: SetupToken): string =>
  withParameters(token.cancelUrl ?? '', { approval_token_id: token.id, approval_session_id: token.id });

function show(res: Response, token: SetupToken, email = '', error?: string): void {
  const { description } = token.echo;
  const body = html`<section class="card">
    <h1>Save your PayPal wallet</h1>
    <p>
      <strong>PayPal in Messenger</strong> asks to keep your PayPal wallet, so that payments you confirm in the chat
      need no further log-in.
    </p>
    ${typeof description === 'string' && html`<p class="muted">${description}</p>`}
    ${emailForm({
      action: '/agreements/approve',
      button: AGREE,
      email,
      hidden: { approval_session_id: token.id },
      ...(error === undefined ? {} : { error }),
    })}
    <p><a href="${cancelAddress(token)}">Cancel</a></p>
  </section>`;
  res
    .status(error === undefined ? 200 : 422)
    .type('html')
    .send(page({ title: 'Save your PayPal wallet', body }));
}

function refuse(res: Response): void {
  const body = deadEnd('This request is over', 'Go back to where you came from and start again.');
  res
    .status(404)
    .type('html')
    .send(page({ title: 'This request is over', body }));
}

/**
 * `/agreements/approve`: may the wallet be kept? Who has just signed in in this browser has agreed already and goes
 * straight back; anybody else is asked.
 */
export function agreementPages(world: World, routes: Router): void {
  const approvable = (id: unknown): SetupToken | undefined => {
    const token = liveSetupToken(world, typeof id === 'string' ? id : '');
    return token?.source === undefined && token?.status === 'PAYER_ACTION_REQUIRED' ? token : undefined;
  };
  const approve = async (res: Response, token: SetupToken, account: Account): Promise<void> => {
    approveSetupToken(world, token, account.payerId);
    await world.documents.commit();
    res.redirect(303, returnAddress(token));
  };

  routes.get('/agreements/approve', async (req, res) => {
    const token = approvable(req.query['approval_session_id']);
    if (!token) return refuse(res);
    const account = freshSignIn(world, req);
    if (account?.state === 'ok') await approve(res, token, account);
    else show(res, token);
  });
  routes.post('/agreements/approve', async (req: Request<object, unknown, Record<string, string>>, res) => {
    const token = approvable(req.body['approval_session_id']);
    if (!token) return refuse(res);
    const email = String(req.body['email'] ?? '');
    const account = world.account(email);
    if (!account || account.role !== 'person') return show(res, token, email, unknownEmail(email));
    if (account.state !== 'ok') return show(res, token, email, 'This account cannot be used for payments.');
    rememberSignIn(world, res, account);
    await approve(res, token, account);
  });
}
