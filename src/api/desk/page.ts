import { join } from 'node:path';
import type { Response } from 'express';
import helmet from 'helmet';
import type { RouteTable } from '../routes';
import { notFound } from '../problem';

/** Only what we serve ourselves: no inline script or style, no frame around us, no form that leaves. */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
});

/** Files that carry a hash of their content in their names. */
const FOR_GOOD = '1y';

/** The built page under `/desk`. It holds nothing that is worth hiding; what it shows comes from guarded routes. */
export function declarePage(table: RouteTable, directory: string): void {
  table.declare({ method: 'get', path: '/desk', who: 'public' }, (_request, response, next) => {
    response.set('cache-control', 'no-cache');
    response.sendFile('index.html', { root: directory }, (error) => answerMissing(error, response, next));
  });

  table.declare({ method: 'get', path: '/desk/assets/:file', who: 'public' }, (request, response, next) => {
    const root = join(directory, 'assets');
    const file = String(request.params['file']);
    response.sendFile(file, { root, immutable: true, maxAge: FOR_GOOD }, (error) =>
      answerMissing(error, response, next),
    );
  });
}

function answerMissing(error: Error | undefined, response: Response, next: (error: unknown) => void): void {
  if (error && !response.headersSent) next(notFound());
}
