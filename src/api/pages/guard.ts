import type { Request } from 'express';
import { Router } from 'express';
import helmet from 'helmet';
import { SHOWN_AS_PAGE } from '../problem';
import { perMinute } from '../rate-limits';
import { STYLE, STYLE_PATH } from './page';

/** A person needs a handful of requests; more is somebody trying codes. Per address and minute. */
const REQUESTS_A_MINUTE = 60;

/** What guards every page under a prefix: no scripts from anywhere, no frames, no caches, and a limit per address. */
export function guardedPages(prefix: string, { formTargets }: { formTargets: string[] }): Router {
  const router = Router();
  router.use(
    prefix,
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          formAction: ["'self'", ...new Set(formTargets)],
          frameAncestors: ["'none'"],
          upgradeInsecureRequests: null,
        },
      },
    }),
  );
  router.use(prefix, (_request, response, next) => {
    response.set('cache-control', 'no-store');
    response.locals[SHOWN_AS_PAGE] = true;
    next();
  });
  router.use(prefix, perMinute(REQUESTS_A_MINUTE));
  router.get(STYLE_PATH, (_request, response) => {
    response.type('text/css').send(STYLE);
  });
  return router;
}

/** The value of a cookie, where there is one. */
export function cookieOf(request: Request, cookie: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookie)?.[1];
}
