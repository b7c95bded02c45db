import type { ErrorRequestHandler, Request } from 'express';
import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { asProblem } from '../problem';
import { STYLE, STYLE_PATH, endPage } from './page';

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
  router.use(
    prefix,
    rateLimit({ windowMs: 60_000, limit: REQUESTS_A_MINUTE, standardHeaders: true, legacyHeaders: false }),
  );
  router.use(prefix, (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  router.get(STYLE_PATH, (_request, response) => {
    response.type('text/css').send(STYLE);
  });
  return router;
}

/** People in a browser get a page, in the words of the problem. */
export const problemPage: ErrorRequestHandler = (error, _request, response, next) => {
  const problem = asProblem(error);
  if (problem.status >= 500 || response.headersSent) return next(error);
  response.status(problem.status).send(endPage(problem.details.title, problem.details.detail));
};

/** The value of a cookie, where there is one. */
export function cookieOf(request: Request, cookie: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookie)?.[1];
}
