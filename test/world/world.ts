import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { Pool } from 'pg';
import type { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createActivities } from '../../activities';
import type { Dependencies } from '../../activities';
import { createApp } from '../../src/api/app';
import { createDeskRouter } from '../../src/api/desk/router';
import { healthRoutes } from '../../src/api/health/router';
import { linkPages } from '../../src/api/link/router';
import { payPages } from '../../src/api/pay/router';
import { messengerWebhook } from '../../src/api/webhooks/messenger';
import { paypalWebhook } from '../../src/api/webhooks/paypal';
import { createMessenger } from '../../src/channels/messenger';
import type { Channel } from '../../src/domain/chat/channel';
import { blindIndexKey } from '../../src/identity';
import { KeyRing } from '../../src/keys';
import type { Log, LogFields } from '../../src/observability';
import { createMetrics } from '../../src/observability';
import { startMessengerSimulator } from '../../src/simulators/messenger/start';
import { startPayPalSimulator } from '../../src/simulators/paypal/simulator';
import type { Store } from '../../src/store';
import { createStore } from '../../src/store';
import { createClient } from '../../src/temporal/connection';
import type { Gateway } from '../../src/temporal/gateway';
import { createGateway } from '../../src/temporal/gateway';
import { shown } from '../../src/texts';
import { understand } from '../../src/understanding';
import { createPayPal } from '../../src/wallets/paypal';
import { passwordResetUrl } from '../../src/wallets/paypal/authorize-url';
import { createWebhookVerifier } from '../../src/wallets/paypal/webhook';
import { PEOPLE, accountOf, settle } from './people/citizens';
import type { Citizen, Inhabitant } from './people/citizens';
import { certificatesOfTheRun } from './servers/certificates';
import { freshDatabase, migratedDatabase } from './servers/database';
import { connectWithoutPings } from './servers/time-skipping';
import { quietRuntime } from './servers/runtime';
import { startWorkers } from './servers/workers';

const ROOT = resolve(__dirname, '..', '..');
const HOST = '127.0.0.1';
/** A test looks again and again, and making a connection takes longer than most looks. */
const CONNECTIONS_OF_A_TEST = 4;
/** Answers come sooner; what is still open then is a stream, which has no end. In milliseconds. */
const STREAMS_END_AFTER_MS = 1_000;
const PAGE = '100000000000777';
const APP = { appId: '200000000000777', appSecret: randomBytes(16).toString('hex') };
const PAGE_TOKEN = `EAA${randomBytes(30).toString('hex')}`;
const PAYPAL = { clientId: 'client-of-the-tests', clientSecret: 'secret-of-the-tests' };

/** The whole application in this process, on the shared PostgreSQL and Temporal, with simulators of its own. */
export interface World {
  store: Store;
  gateway: Gateway;
  /** The client of the Send API, as the worker has it. */
  channel: Channel;
  client: Client;
  messenger: string;
  paypal: string;
  app: string;
  /** The application's own HTTP server. */
  server: Server;
  /** What the application signs in to the simulated PayPal with. */
  paypalClient: { clientId: string; clientSecret: string };
  /** The world's database, past the application. */
  database: Pool;
  databaseUrl: string;
  page: string;
  identityKey: Buffer;
  taskQueues: { money: string; chat: string };
  dana: Citizen;
  lee: Citizen;
  /** In USD, as the simulated PayPal keeps it: `"250.00"`. */
  balanceOf(email: string): Promise<string>;
  /** Money in all accounts and on its way; changes only when an account is made. */
  totals(): Promise<unknown>;
  close(): Promise<void>;
}

/** What a suite may put in place of its own. */
export interface WorldOptions {
  wrap?: (activities: ReturnType<typeof createActivities>) => ReturnType<typeof createActivities>;
  dependencies?: Partial<Dependencies>;
  /** Stands between the activities and what they touch the world with. */
  bend?: (dependencies: Dependencies) => Dependencies;
  /** How both providers are called. */
  calls?: { timeoutMs?: number; traceHeaders?: () => Record<string, string> };
  /** Where PayPal sends its events, if not straight to the application, whose address for them is given. */
  postOf?: (webhook: string) => Promise<string>;
  /** Who lives at the simulators besides Dana and Lee; the application knows nothing of them. */
  inhabitants?: Inhabitant[];
  /** Runs on the new database before anything is in it. */
  prepare?: (databaseUrl: string) => Promise<void>;
  /** What the webhooks, the pages and the desk speak to Temporal through. */
  gatewayOfApi?: (gateway: Gateway) => Gateway;
  /** Under which everything is encrypted; keys that nobody keeps without it. */
  keys?: KeyRing;
  /** Another Temporal than the one that the tests share, such as one that skips time. */
  temporalAddress?: string;
  /** The time as the application takes it where the age of something at PayPal matters; the real one without it. */
  now?: () => number;
  /** Where everything writes its log; nowhere without it. */
  log?: Log;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { wrap = (same) => same, bend = (same) => same, gatewayOfApi = (same) => same } = options;
  const { dependencies = {}, inhabitants = [], calls = {}, log } = options;
  const { postOf = (webhook: string) => Promise.resolve(webhook) } = options;
  quietRuntime(log);
  const closing: (() => Promise<unknown>)[] = [];
  const keys = options.keys ?? new KeyRing([{ id: 'test-1', key: randomBytes(32) }]);
  const identityKey = randomBytes(32);
  const { prepare } = options;
  const databaseUrl = await (prepare ? freshDatabase('world') : migratedDatabase('world'));
  await prepare?.(databaseUrl);
  const store = createStore({
    databaseUrl,
    keys,
    blindIndexKey: blindIndexKey(identityKey),
  });
  closing.push(() => store.close());
  if (prepare) await store.migrate();
  const database = new Pool({ connectionString: databaseUrl, max: CONNECTIONS_OF_A_TEST });
  // The server may end first, when a run of tests is broken off.
  database.on('error', () => undefined);
  closing.push(() => database.end());

  const address = options.temporalAddress ?? process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
  const temporal = await connectWithoutPings(address);
  const client = createClient(temporal.connection, 'default', keys);
  closing.push(() => temporal.close());
  const world = randomUUID().slice(0, 8);
  const taskQueues = { money: `money-${world}`, chat: `chat-${world}` };
  const gateway = createGateway({ client, taskQueues });

  // The simulators want to know where to deliver before the application listens, so its address comes first.
  const server = await listening();
  closing.push(() => closed(server));
  const app = addressOf(server);
  const people = [...PEOPLE, ...inhabitants];
  const webhookId = '4JH86294D6297924G';
  const paypal = await startPayPalSimulator({
    host: HOST,
    port: 0,
    databaseUrl: undefined,
    ...PAYPAL,
    webhook: { id: webhookId, url: await postOf(`${app}/webhooks/paypal`) },
    accounts: people.map(({ name, email, usd }) => ({ name, email, country: 'US', balances: { USD: usd } })),
    vaulted: people.map(({ email, token }) => ({ email, paymentTokenId: token, customerId: `customer_${token}` })),
    settleAfterMs: 50,
    certificates: await certificatesOfTheRun(),
  });
  closing.push(() => paypal.close());
  const messenger = await startMessengerSimulator({
    host: HOST,
    port: 0,
    databaseUrl: undefined,
    pageId: PAGE,
    ...APP,
    pageToken: PAGE_TOKEN,
    webhookUrl: `${app}/webhooks/messenger`,
    people: people.map(({ name, psid }) => ({ name, psid, platform: 'ios', country: 'US' })),
  });
  closing.push(() => messenger.close());

  const metrics = createMetrics();
  const logged = (fields: LogFields): void => log?.info('in the world of the tests', fields);
  const shared = { store, gateway: gatewayOfApi(gateway), metrics, log: logged };
  server.on(
    'request',
    createApp({
      metrics,
      proxyHops: 0,
      log: logged,
      health: healthRoutes(shared),
      webhooks: [
        messengerWebhook({
          ...shared,
          identityKey,
          pageId: PAGE,
          appId: APP.appId,
          appSecrets: [APP.appSecret],
          verifyToken: 'verify-me',
        }),
        paypalWebhook({
          ...shared,
          now: options.now,
          verifier: createWebhookVerifier({
            webhookId,
            certificateHosts: [{ host: new URL(paypal.url).host, protocol: 'http:' }],
            trustedRoots: [paypal.caCertificatePem],
          }),
        }),
      ],
      link: linkPages({
        ...shared,
        ownUrl: app,
        paypal: { webUrl: paypal.url, clientId: PAYPAL.clientId },
        channelOrigins: [messenger.url],
      }),
      pay: payPages({
        ...shared,
        ownUrl: app,
        paypal: { webUrl: paypal.url, clientId: PAYPAL.clientId },
        shownAmount: (amount) => shown(amount),
      }),
      desk: createDeskRouter({
        ...shared,
        origin: app,
        devLogin: true,
        deskDirectory: resolve(ROOT, 'dist/desk'),
      }),
    }),
  );

  const channel = createMessenger({ apiUrl: messenger.url, pageId: PAGE, ...APP, pageToken: PAGE_TOKEN, ...calls });
  const activities = wrap(
    createActivities(
      bend({
        store,
        gateway,
        channel,
        wallet: createPayPal({ apiUrl: paypal.url, webUrl: paypal.url, ...PAYPAL, ...calls }),
        understand,
        log: {
          info: (fields, message) => log?.foreign('info', message, fields),
          warn: (fields, message) => log?.foreign('warn', message, fields),
        },
        ownUrl: app,
        passwordResetUrl: passwordResetUrl(paypal.url),
        personaPictureUrl: `${app}/desk/persona.png`,
        echoWaitMs: 500,
        now: options.now,
        ...dependencies,
      }),
    ),
  );
  const connection = await NativeConnection.connect({ address });
  const workers = await startWorkers({ connection, taskQueues: Object.values(taskQueues), activities, keys });
  closing.push(async () => {
    await workers.stop();
    await connection.close();
  });

  const town = { store, identityKey, page: PAGE, messenger: messenger.url, paypal: paypal.url };
  const { dana, lee } = await settle(town);
  return {
    ...town,
    gateway,
    channel,
    client,
    app,
    server,
    databaseUrl,
    database,
    paypalClient: PAYPAL,
    taskQueues,
    dana,
    lee,
    balanceOf: async (email) => (await accountOf(paypal.url, email)).balances['USD'] ?? '',
    totals: async () => (await fetch(`${paypal.url}/_sim/totals`)).json(),
    close: async () => {
      for (const close of closing.toReversed()) await close();
    },
  };
}

async function listening(): Promise<Server> {
  const { createServer } = await import('node:http');
  const server = createServer();
  server.listen(0, HOST);
  await once(server, 'listening');
  return server;
}

function addressOf(server: Server): string {
  return `http://${HOST}:${(server.address() as AddressInfo).port}`;
}

/**
 * Lets requests that are under way come to their answer first: what they ask of Temporal would be asked of a connection
 * that is closed by then, which breaks the whole file of tests.
 */
async function closed(server: Server): Promise<void> {
  const until = Date.now() + STREAMS_END_AFTER_MS;
  const closing = setInterval(() => {
    if (Date.now() < until) server.closeIdleConnections();
    else server.closeAllConnections();
  }, 10);
  await new Promise((done) => server.close(done));
  clearInterval(closing);
}
