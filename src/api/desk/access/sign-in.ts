import type { RequestHandler } from 'express';
import { Me, SignIn } from '../../contract/desk';
import { notFound } from '../../problem';
import { perMinute } from '../../rate-limits';
import { ownOrigins } from '../../routes';
import type { DeskDependencies } from '../dependencies';
import type { JsonRoutes } from '../json-routes';
import { repWithLoad } from '../reps';
import { READS } from './roles';
import type { Sessions } from './sessions';

/** Sign-ins from one address in a minute: a room of reps behind one router, and no guessing of names by the thousand. */
const SIGN_INS_A_MINUTE = 60;

/** Signing in and out. */
export function declareSignIn(routes: JsonRoutes, deps: DeskDependencies, sessions: Sessions): void {
  if (deps.devLogin) declareDevLogin(routes, deps, sessions);

  routes.declare(
    { method: 'post', path: '/api/desk/sign-out', who: READS, summary: 'End the session' },
    async ({ request, response }) => sessions.end(request, response),
  );
}

/** Anybody may be anybody: for a laptop, where neither providers nor customers are real. */
function declareDevLogin(routes: JsonRoutes, { store, origin }: DeskDependencies, sessions: Sessions): void {
  routes.declare(
    {
      method: 'post',
      path: '/api/desk/dev-login',
      who: 'public',
      summary: 'Sign in by name, only while everything is simulated',
      body: SignIn,
      answer: Me,
      before: [onlyFromThisMachine(origin), perMinute(SIGN_INS_A_MINUTE)],
    },
    async ({ body, response }) => {
      const rep = await store.reps.signIn(body.name, body.role);
      await sessions.open(response, rep);
      return { rep: await repWithLoad(store, rep.repId) };
    },
  );
}

/**
 * Whoever comes through a proxy, or under another name than ours, is not on this machine: for them the route does not
 * exist. That also stops a foreign page whose name was made to point here.
 */
function onlyFromThisMachine(origin: string): RequestHandler {
  const hosts = new Set([...ownOrigins(origin)].map((own) => new URL(own).host));
  return ({ headers }, _response, next) => {
    const forwarded = Object.keys(headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
    if (forwarded || !hosts.has(headers.host ?? '')) throw notFound();
    next();
  };
}
