import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SimulatedClock } from '../control/clock';
import { Documents, memoryOnly } from '../control/documents';
import { FaultList } from '../control/faults';
import { Journal } from '../control/journal';
import { postgresDocuments } from '../control/postgres-documents';
import { Api } from './api/api';
import type { FaultError } from './api/mock-response';
import { OPERATIONS } from './api/operations';
import { payPalApplication } from './application';
import { seed } from './seed';
import type { SeedAccount, SeedWallet } from './seed';
import { elapse, forgetExpired } from './state/elapse';
import type { Certificates } from './state/webhook-records';
import { World } from './state/world';
import { ensureCertificates } from './webhooks/certificates';
import { Deliverer } from './webhooks/delivery';

/** A payout takes so long unless told otherwise; real ones at the sandbox take about 20 s. */
const SETTLE_AFTER_MS = 1500;

/** How often the simulator looks what time has made due. */
const TICK_MS = 50;

/** How long it waits after a tick that failed (a database that is away), so that it does not report without end. */
const TICK_AFTER_FAILURE_MS = 1000;

/** How often it forgets what has expired. */
const FORGET_EVERY_MS = 600_000;

/** How a simulated PayPal is started. */
export interface PayPalSimulatorOptions {
  host: string;
  /** 0 picks a free port. */
  port: number;
  /** Where the state is kept; undefined keeps it in memory only. */
  databaseUrl: string | undefined;
  clientId: string;
  clientSecret: string;
  /** The application's listener, registered before it starts, for all events. */
  webhook: { id: string; url: string };
  /** Opened when nothing was kept; balances are decimal strings. */
  accounts: SeedAccount[];
  /** Wallets whose owners have agreed already. */
  vaulted?: SeedWallet[];
  /** How long a payout batch takes, in milliseconds; must stay under five seconds. Default 1,500. */
  settleAfterMs?: number;
  /** What webhooks are signed with where nothing was kept from an earlier start; made anew by default. */
  certificates?: Certificates;
  /** Return addresses registered for the application; undefined allows any address on this machine. */
  returnUrls?: string[];
  /** Hears what goes wrong inside the simulator; throws it by default. */
  reportError?: (error: unknown) => void;
}

/** A simulated PayPal that runs. */
export interface PayPalSimulator {
  /** Address of API and web pages. */
  url: string;
  /** The root that signed the webhooks' certificate. */
  caCertificatePem: string;
  /** Ends deliveries, keeps everything, lets port and database go. */
  close(): Promise<void>;
}

const throwLater = (error: unknown): void => {
  process.nextTick(() => {
    throw error;
  });
};

async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}

/** Starts a simulated PayPal: API, web pages, webhooks and controls on one port. Rejects if the port is in use. */
export async function startPayPalSimulator(options: PayPalSimulatorOptions): Promise<PayPalSimulator> {
  const { host, port, databaseUrl, clientId, clientSecret, reportError = throwLater } = options;
  const store = databaseUrl === undefined ? memoryOnly : await postgresDocuments(databaseUrl);
  const world = new World(new Documents(store), new SimulatedClock(), {
    baseUrl: '',
    clientId,
    clientSecret,
    settleAfterMs: options.settleAfterMs ?? SETTLE_AFTER_MS,
    ...(options.returnUrls === undefined ? {} : { returnUrls: options.returnUrls }),
  });
  await world.load();
  const { caCertificate } = await ensureCertificates(world, options.certificates);
  const faults = new FaultList<FaultError>();
  const deliverer = new Deliverer(world, faults, reportError);
  const parts = { world, api: new Api(world, OPERATIONS), faults, journal: new Journal(), reportError };

  const server = createServer(payPalApplication(parts));
  const url = await listen(server, host, port).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  // No request can have come yet: nothing has been awaited since the port was bound.
  world.settings.baseUrl = url;
  seed(world, options.accounts, options.vaulted ?? []);
  world.listeners.set(options.webhook.id, { ...options.webhook, events: ['*'] });
  await world.documents.commit();
  const stopTicking = tickEvery(async () => {
    elapse(world);
    deliverer.start();
    await world.documents.commit();
  }, reportError);
  const forgetting = setInterval(() => forgetExpired(world), FORGET_EVERY_MS);

  return {
    url,
    caCertificatePem: caCertificate,
    async close() {
      clearInterval(forgetting);
      deliverer.stop();
      await stopTicking();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await world.documents.close();
    },
  };
}

/** Does the work every 50 ms, never twice at a time. What it gives back stops it and waits for what is under way. */
function tickEvery(work: () => Promise<void>, reportError: (error: unknown) => void): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const tick = (): void => {
    running = work()
      .then(
        () => TICK_MS,
        (error: unknown) => {
          reportError(error);
          return TICK_AFTER_FAILURE_MS;
        },
      )
      .then((ms) => {
        if (!stopped) timer = setTimeout(tick, ms);
      });
  };
  tick();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
