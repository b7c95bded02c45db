import type { Request, Response, Router } from 'express';
import { html, page } from '../../control/page';
import { approveOrder, liveOrder } from '../checkout/orders';
import { decimal } from '../money/amounts';
import type { Order } from '../state/records';
import type { World } from '../state/world';
import { AGREE, deadEnd, emailForm, unknownEmail } from './forms';
import { rememberSignIn } from './session';
import { withParameters } from './sign-in';

function show(world: World, res: Response, order: Order, email = '', error?: string): void {
  const lines = order.units.map(({ money, payeeId, echo }) => {
    const payee = order.brand ?? world.accountOf(payeeId).name;
    const description = typeof echo['description'] === 'string' ? ` for ${echo['description']}` : '';
    return html`<li><strong>${decimal(money)} ${money.currency}</strong> to ${payee}${description}</li>`;
  });
  const cancel = order.cancelUrl === undefined ? undefined : withParameters(order.cancelUrl, { token: order.id });
  const body = html`<section class="card">
    <h1>Pay with PayPal</h1>
    <ul>
      ${lines}
    </ul>
    ${emailForm({
      action: '/checkoutnow',
      button: AGREE,
      email,
      hidden: { token: order.id },
      ...(error === undefined ? {} : { error }),
    })}
    ${cancel !== undefined && html`<p><a href="${cancel}">Cancel</a></p>`}
  </section>`;
  res
    .status(error === undefined ? 200 : 422)
    .type('html')
    .send(page({ title: 'Pay with PayPal', body }));
}

function end(res: Response, status: number, title: string, words: string): void {
  res
    .status(status)
    .type('html')
    .send(page({ title, body: deadEnd(title, words) }));
}

/** `/checkoutnow`: what is to be paid to whom, and the payer's approval. */
export function checkoutPages(world: World, routes: Router): void {
  const approvable = (id: unknown): Order | undefined => {
    const order = liveOrder(world, typeof id === 'string' ? id : '');
    return order && order.status !== 'COMPLETED' && order.flow !== 'vault' ? order : undefined;
  };
  const refuse = (res: Response): void => {
    end(res, 404, 'This payment is over', 'It was paid, or it took too long. Go back to where you came from.');
  };

  routes.get('/checkoutnow', (req, res) => {
    const order = approvable(req.query['token']);
    if (order) show(world, res, order);
    else refuse(res);
  });
  routes.post('/checkoutnow', async (req: Request<object, unknown, Record<string, string>>, res) => {
    const order = approvable(req.body['token']);
    if (!order) return refuse(res);
    const email = String(req.body['email'] ?? '');
    const account = world.account(email);
    if (!account || account.role !== 'person') return show(world, res, order, email, unknownEmail(email));
    if (account.state !== 'ok') return show(world, res, order, email, 'This account cannot be used for payments.');
    rememberSignIn(world, res, account);
    approveOrder(world, order, account.payerId);
    await world.documents.commit();
    if (order.returnUrl === undefined) return end(res, 200, 'Thank you', 'You can close this page.');
    res.redirect(303, withParameters(order.returnUrl, { token: order.id, PayerID: account.payerId }));
  });
}
