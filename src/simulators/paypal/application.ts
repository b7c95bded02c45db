import express from 'express';
import type { ErrorRequestHandler, Express } from 'express';
import { z } from 'zod';
import type { FaultList } from '../control/faults';
import type { Journal } from '../control/journal';
import { PAGE_CONTENT_POLICY } from '../control/page';
import { controlRoutes } from '../control/routes';
import type { Api } from './api/api';
import { apiRoutes } from './api/http';
import type { FaultError } from './api/mock-response';
import { Refusal, errorAnswer } from './api/refusal';
import { accountControls } from './controls/accounts';
import { happeningControls } from './controls/happenings';
import { agreementPages } from './pages/agreement';
import { cardPages } from './pages/card';
import { checkoutPages } from './pages/checkout';
import { overviewPage } from './pages/overview';
import { recoveryPages } from './pages/recovery';
import { signInPages } from './pages/sign-in';
import { elapse } from './state/elapse';
import type { World } from './state/world';

/** The parts of the simulator that its routes need. */
export interface Parts {
  world: World;
  api: Api;
  faults: FaultList<FaultError>;
  journal: Journal;
  /** What went wrong inside the simulator itself. */
  reportError: (error: unknown) => void;
}

const faultError: z.ZodType<FaultError> = z.strictObject({
  name: z.string().min(1),
  issue: z.string().min(1).optional(),
}) as z.ZodType<FaultError>;

/** Where the web pages are. */
const PAGES = [
  '/',
  '/signin/authorize',
  '/agreements/approve',
  '/vault/card',
  '/checkoutnow',
  '/authflow/password-recovery',
];

function pages(parts: Parts): express.Router {
  const routes = express.Router();
  routes.all(PAGES, express.urlencoded({ extended: false }), (_req, res, next) => {
    res.set({
      'content-security-policy': PAGE_CONTENT_POLICY,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    next();
  });
  signInPages(parts.world, routes);
  agreementPages(parts.world, routes);
  cardPages(parts.world, routes);
  checkoutPages(parts.world, routes);
  recoveryPages(routes);
  overviewPage(parts.world, parts.journal, routes);
  return routes;
}

/** The certificate that webhooks are signed with, where PAYPAL-CERT-URL says. */
function certificateRoute(world: World): express.Router {
  const routes = express.Router();
  routes.get('/v1/notifications/certs/:name', (req, res) => {
    const certificates = world.certificates.get('webhooks');
    if (certificates?.name === req.params.name) res.type('application/x-x509-ca-cert').send(certificates.certificate);
    else res.status(404).end();
  });
  return routes;
}

/** All routes of the simulated PayPal: controls, pages, certificate, API; the API also answers what nothing else does. */
export function payPalApplication(parts: Parts): Express {
  const { world, faults, journal, reportError } = parts;
  const application = express();
  application.disable('x-powered-by');
  application.disable('etag');
  application.use(
    controlRoutes({
      clock: world.clock,
      faults,
      journal,
      errorShape: faultError,
      clockMoved: async () => {
        world.clockOffset.set('offset', world.clock.offsetMs);
        elapse(world);
        await world.documents.commit();
      },
    }),
  );
  const controls = express.Router();
  accountControls(world, controls);
  happeningControls(world, controls);
  controls.use('/_sim', (req, res) => {
    res.status(404).json({ message: `no control ${req.method} ${req.originalUrl}` });
  });
  application.use(controls, pages(parts), certificateRoute(world), apiRoutes(parts));

  const failed: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const given = (error as { status?: unknown }).status;
    const status = typeof given === 'number' && given >= 400 && given < 500 ? given : 500;
    if (status === 500) reportError(error);
    const name = status === 500 ? 'INTERNAL_SERVER_ERROR' : 'INVALID_REQUEST';
    const answer = errorAnswer('orders', new Refusal(name, [], { status }));
    res.status(answer.status).json(answer.body);
  };
  application.use(failed);
  return application;
}
