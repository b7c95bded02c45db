import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { answerInvalid } from '../../control/validation';
import { revokeSignIn, revokeWallet } from '../identity/consent';
import { openAccount } from '../money/accounts';
import { decimal, parseAmount } from '../money/amounts';
import { historyOf, totals } from '../money/bank';
import { claimPayouts } from '../payouts/settlement';
import type { Account } from '../state/records';
import type { World } from '../state/world';

const states = z.enum(['ok', 'restricted', 'closed']);

const balances = z.record(z.string(), z.string()).transform((given, context) => {
  const amounts: Record<string, number> = {};
  for (const [currency, value] of Object.entries(given)) {
    const money = parseAmount(currency, value);
    if (typeof money === 'string') context.addIssue({ code: 'custom', path: [currency], message: money });
    else amounts[currency] = money.minor;
  }
  return amounts;
});

const newAccount = z.strictObject({
  email: z.email().max(127),
  name: z.string().trim().min(1).max(140),
  country: z.string().regex(/^[A-Z]{2}$/, 'two capital letters, such as US'),
  balances: balances.default({}),
  state: states.optional(),
});

const accountChange = z.strictObject({ state: states.optional(), reviewed: z.boolean().optional() });

const revocation = z.strictObject({ what: z.enum(['sign-in', 'wallet', 'both']) });

/** An account as tests see it; balances as decimal strings. */
function accountView({ payerId, email, name, country, state, reviewed, balances: amounts }: Account) {
  const shown = Object.entries(amounts).map(([currency, minor]) => [currency, decimal({ currency, minor })] as const);
  return { payerId, email, name, country, balances: Object.fromEntries(shown), state, reviewed };
}

/**
 * Controls of accounts: `GET/POST /_sim/accounts`, `GET/PATCH /_sim/accounts/:payerIdOrEmail`, what a person does about
 * consents (`POST …/revoke`), and `GET /_sim/totals`.
 */
export function accountControls(world: World, routes: Router): void {
  const named = (req: Request<{ who: string }>, res: Response): Account | undefined => {
    const account = world.account(req.params.who);
    if (!account) res.status(404).json({ message: `no account ${req.params.who}` });
    return account;
  };

  routes.get('/_sim/totals', (_req, res) => {
    res.json(totals(world));
  });
  routes.get('/_sim/accounts', (_req, res) => {
    res.json({ accounts: world.accounts.values().map(accountView) });
  });
  routes.post('/_sim/accounts', async (req, res) => {
    const body = newAccount.safeParse(req.body);
    if (!body.success) return answerInvalid(res, body.error);
    if (world.account(body.data.email)) {
      res.status(409).json({ message: `there is an account ${body.data.email}` });
      return;
    }
    const { payerId, email } = openAccount(world, body.data);
    claimPayouts(world, payerId);
    await world.documents.commit();
    res.status(201).json({ payerId, email });
  });
  routes.get('/_sim/accounts/:who', (req, res) => {
    const account = named(req, res);
    if (account) res.json({ ...accountView(account), history: historyOf(world, account.payerId) });
  });
  routes.patch('/_sim/accounts/:who', async (req, res) => {
    const account = named(req, res);
    if (!account) return;
    const body = accountChange.safeParse(req.body);
    if (!body.success) return answerInvalid(res, body.error);
    if (body.data.state !== undefined) account.state = body.data.state;
    if (body.data.reviewed !== undefined) account.reviewed = body.data.reviewed;
    world.accounts.set(account.payerId, account);
    await world.documents.commit();
    res.json(accountView(account));
  });
  routes.post('/_sim/accounts/:who/revoke', async (req, res) => {
    const account = named(req, res);
    if (!account) return;
    const body = revocation.safeParse(req.body);
    if (!body.success) return answerInvalid(res, body.error);
    const { what } = body.data;
    const signIn = what !== 'wallet' && revokeSignIn(world, account.payerId);
    const wallets = what === 'sign-in' ? 0 : revokeWallet(world, account.payerId);
    await world.documents.commit();
    res.json({ signIn, wallets });
  });
}
