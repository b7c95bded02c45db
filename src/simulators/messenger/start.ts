import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express from 'express';
import type { Express, RequestHandler } from 'express';
import { loopbackOnly } from '../control/guard';
import { controlRoutes } from '../control/routes';
import { graphRouter } from './graph/router';
import type { NewPerson } from './people/person';
import { openPlatform } from './platform';
import type { Platform } from './platform';
import { linkingCallback } from './sim/linking-callback';
import { phonesRoutes } from './sim/phones-routes';
import { pictures } from './sim/pictures';
import { refusals, simulatorRoutes } from './sim/routes';
import * as shapes from './sim/shapes';

/** Where the phones page lies once it is built, seen from this file's own place in `dist`. */
const BUILT_PHONES = path.resolve(__dirname, '../../../phones');

/** Nothing but the page's own files and calls; pictures in messages may come from anywhere. */
const PHONES_CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' https: http: data:; media-src https: http:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** How the Messenger simulator is started. */
export interface MessengerSimulatorOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** A PostgreSQL database of the simulator's own; without one nothing outlives the process. */
  readonly databaseUrl: string | undefined;
  readonly pageId: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly pageToken: string;
  /** The application's `/webhooks/messenger`. */
  readonly webhookUrl: string;
  /** Created, as customers the page may write to, only while there is nobody yet. */
  readonly people: readonly NewPerson[];
  /** The built phones page; `dist/phones` by default. */
  readonly phonesDirectory?: string;
}

/**
 * Starts the simulated Messenger Platform: the Graph API, the webhooks it sends, the controls under `/_sim`, and the
 * phones page at `/`. Resolves once it answers; `close` stops it without losing what waits to be delivered.
 * @throws what Node says when the port is taken, what PostgreSQL says when the database cannot be used
 */
export async function startMessengerSimulator(
  options: MessengerSimulatorOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const platform = await openPlatform(options);
  const address = { url: '' };
  const app = simulatorApp(platform, options.phonesDirectory ?? BUILT_PHONES, () => address.url);
  const server = await listen(app, options.host, options.port);
  const { port } = server.address() as AddressInfo;
  address.url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  let closed: Promise<void> | undefined;
  return { url: address.url, close: () => (closed ??= stop(server, platform)) };
}

async function stop(server: Server, platform: Platform): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await stopped;
  await platform.close();
}

function simulatorApp(platform: Platform, phonesDirectory: string, ownUrl: () => string): Express {
  const { clock, faults, journal } = platform;
  const app = express();
  app.disable('x-powered-by');
  // First: it also keeps everybody but this machine from all that follows under /_sim, and reads its JSON bodies.
  const clockMoved = (): Promise<void> => platform.keepClock();
  app.use(controlRoutes({ clock, faults, journal, errorShape: shapes.metaError, clockMoved }));
  app.use(simulatorRoutes(platform), phonesRoutes(platform));
  app.use('/_sim', (_req, res) => {
    res.status(404).json({ message: 'no such control' });
  });
  app.use(linkingCallback(platform), pictures(platform));
  app.use(refusals);
  app.use(...phonesPage(phonesDirectory));
  app.use(graphRouter(platform, ownUrl));
  return app;
}

/** The page is a control like the others: only this machine may be somebody else. */
function phonesPage(directory: string): RequestHandler[] {
  const files = express.static(directory, {
    setHeaders: (res) => {
      res.setHeader('content-security-policy', PHONES_CONTENT_POLICY);
      res.setHeader('x-content-type-options', 'nosniff');
      res.setHeader('referrer-policy', 'no-referrer');
    },
  });
  const guarded: RequestHandler = (req, res, next) => {
    if (req.method !== 'GET' || !/^\/($|index\.html$|assets\/)/.test(req.path)) return next();
    loopbackOnly(req, res, () => void files(req, res, () => missing(directory, res)));
  };
  return [guarded];
}

function missing(directory: string, res: Parameters<RequestHandler>[1]): void {
  const built = existsSync(path.join(directory, 'index.html'));
  const reason = built ? 'Not found' : 'The phones page is not built: run `npm run build`.';
  res.status(404).type('text/plain').send(reason);
}

function listen(app: Express, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error?: Error) => (error ? reject(error) : resolve(server)));
  });
}
