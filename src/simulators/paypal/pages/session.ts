import type { Request, Response } from 'express';
import { newSecret } from '../state/ids';
import type { Account } from '../state/records';
import type { World } from '../state/world';

/** Cookies of one machine are shared by all ports, so the name is the simulator's own. */
const COOKIE = 'paypal_simulator_session';

/** Who signed in less than ten minutes ago need not say again who they are. */
const FRESH_MS = 600_000;

function sessionId(req: Request): string | undefined {
  const cookies = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return cookies.find(([name]) => name === COOKIE)?.[1];
}

/** Remembers in this browser who has just signed in. */
export function rememberSignIn(world: World, res: Response, account: Account): void {
  const id = newSecret();
  world.sessions.set(id, { id, payerId: account.payerId, signedInAt: world.now() });
  res.cookie(COOKIE, id, { httpOnly: true, sameSite: 'lax', path: '/' });
}

/** Who signed in in this browser less than ten minutes ago. */
export function freshSignIn(world: World, req: Request): Account | undefined {
  const session = world.sessions.get(sessionId(req) ?? '');
  if (!session || session.signedInAt + FRESH_MS <= world.now()) return undefined;
  return world.accounts.get(session.payerId);
}
