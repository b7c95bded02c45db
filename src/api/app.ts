import type { Express, Router } from 'express';
import express from 'express';
import type { LogFields, Metrics } from '../observability';
import { measureRequests, traceRequests } from '../observability';
import { problemHandler, unknownRoute } from './problem';

/** What one HTTP application is made of. Routers come composed, each with what it alone needs. */
export interface AppParts {
  webhooks: Router[];
  link: Router;
  pay: Router;
  desk: Router;
  health: Router;
  metrics: Metrics;
  log: (fields: LogFields) => void;
  /** How many proxies stand in front; nobody else's forwarding headers are believed. */
  proxyHops: number;
}

/** The whole application over HTTP. What no router declares is refused. */
export function createApp({ webhooks, link, pay, desk, health, metrics, log, proxyHops }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', proxyHops);
  app.use(traceRequests());
  app.use(measureRequests(metrics));
  app.use(health);
  app.use(webhooks);
  app.use(link);
  app.use(pay);
  app.use(desk);
  app.use(unknownRoute);
  app.use(problemHandler(log));
  return app;
}
