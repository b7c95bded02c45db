import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { html, page } from '../../control/page';
import { PAYPAL_ATTRIBUTES } from '../identity/userinfo';
import { newSecret } from '../state/ids';
import type { World } from '../state/world';
import { AGREE, deadEnd, emailForm, unknownEmail } from './forms';
import { rememberSignIn } from './session';

/** What each scope shows of a person, in words. */
const SCOPE_WORDS: Readonly<Record<string, string>> = {
  profile: 'Your name',
  email: 'Your e-mail address',
  address: 'Your country',
  [PAYPAL_ATTRIBUTES]: 'Your PayPal account id and that the account is verified',
};

const LOOPBACK = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|\?|$)/;

const signInQuery = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  scope: z.string().optional().default('openid'),
  state: z.string().optional(),
  nonce: z.string().optional(),
  response_type: z.literal('code').optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.literal('S256').optional(),
});

type SignIn = z.infer<typeof signInQuery>;

/** Reads who asks for a sign-in; undefined if a link is not one that PayPal would follow back. */
function readSignIn(world: World, values: unknown): SignIn | undefined {
  const query = signInQuery.safeParse(values);
  if (!query.success) return undefined;
  const { client_id: clientId, redirect_uri: returnUrl, code_challenge: challenge } = query.data;
  const { returnUrls } = world.settings;
  const registered = returnUrls ? returnUrls.includes(returnUrl) : LOOPBACK.test(returnUrl);
  // A challenge without its method would mean "plain", which protects nothing.
  const provable = challenge === undefined || query.data.code_challenge_method === 'S256';
  return clientId === world.settings.clientId && registered && provable ? query.data : undefined;
}

function show(res: Response, signIn: SignIn, email = '', error?: string): void {
  const sees = signIn.scope.split(' ').flatMap((scope) => SCOPE_WORDS[scope] ?? []);
  const body = html`<section class="card">
    <h1>Log in to PayPal</h1>
    <p><strong>PayPal in Messenger</strong> asks to know you. If you agree, it will see:</p>
    <ul>
      ${sees.map((words) => html`<li>${words}</li>`)}
    </ul>
    <p class="muted">
      This one agreement covers both: knowing who you are and, if it asks within the next ten minutes, keeping your
      PayPal wallet for payments that you confirm in the chat.
    </p>
    ${emailForm({
      action: '/signin/authorize',
      button: AGREE,
      email,
      hidden: signIn,
      ...(error === undefined ? {} : { error }),
    })}
    <p><a href="${withParameters(signIn.redirect_uri, { error: 'access_denied', state: signIn.state })}">Cancel</a></p>
  </section>`;
  res
    .status(error === undefined ? 200 : 422)
    .type('html')
    .send(page({ title: 'Log in to PayPal', body }));
}

function refuse(res: Response): void {
  const body = deadEnd(
    'This link does not work',
    'Who sent you here is not known to PayPal, or did not say where you should go back to.',
  );
  res
    .status(400)
    .type('html')
    .send(page({ title: 'This link does not work', body }));
}

/** An address with more in its query. */
export function withParameters(address: string, parameters: Record<string, string | undefined>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return url.toString();
}

/** `/signin/authorize`: who asks, what it will see, and the question whether that is right. Always asks. */
export function signInPages(world: World, routes: Router): void {
  routes.get('/signin/authorize', (req, res) => {
    const signIn = readSignIn(world, req.query);
    if (signIn) show(res, signIn);
    else refuse(res);
  });
  routes.post('/signin/authorize', async (req: Request<object, unknown, Record<string, string>>, res) => {
    const signIn = readSignIn(world, req.body);
    if (!signIn) return refuse(res);
    const email = String(req.body['email'] ?? '');
    const account = world.account(email);
    if (!account || account.role === 'fees' || account.role === 'cards')
      return show(res, signIn, email, unknownEmail(email));
    if (account.state === 'closed') return show(res, signIn, email, 'This account is closed.');
    const code = newSecret('C21AA');
    world.codes.set(code, {
      code,
      clientId: signIn.client_id,
      payerId: account.payerId,
      scope: signIn.scope,
      redirectUri: signIn.redirect_uri,
      ...(signIn.nonce === undefined ? {} : { nonce: signIn.nonce }),
      ...(signIn.code_challenge === undefined ? {} : { codeChallenge: signIn.code_challenge }),
      createdAt: world.now(),
    });
    rememberSignIn(world, res, account);
    await world.documents.commit();
    res.redirect(303, withParameters(signIn.redirect_uri, { code, state: signIn.state }));
  });
}
