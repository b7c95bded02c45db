import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { Router } from 'express';
import { createActivities } from '../../activities';
import type { Dependencies } from '../../activities';
import { createApp } from '../../src/api/app';
import { healthRoutes } from '../../src/api/health/router';
import { linkPages } from '../../src/api/link/router';
import { messengerWebhook } from '../../src/api/webhooks/messenger';
import { paypalWebhook } from '../../src/api/webhooks/paypal';
import { createMessenger } from '../../src/channels/messenger';
import { blindIndexKey, personKey } from '../../src/identity';
import { parseKeyRing } from '../../src/keys';
import { createMetrics } from '../../src/observability';
import { startMessengerSimulator } from '../../src/simulators/messenger/start';
import { startPayPalSimulator } from '../../src/simulators/paypal/simulator';
import type { Store } from '../../src/store';
import { createStore } from '../../src/store';
import { connectClient } from '../../src/temporal/connection';
import { createDataConverter } from '../../src/temporal/data-converter';
import type { Gateway } from '../../src/temporal/gateway';
import { createGateway } from '../../src/temporal/gateway';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle';
import { maskedEmail } from '../../src/texts';
import { understand } from '../../src/understanding';
import { createPayPal } from '../../src/wallets/paypal';
import { passwordResetUrl } from '../../src/wallets/paypal/authorize-url';
import { createWebhookVerifier } from '../../src/wallets/paypal/webhook';
import { freshDatabase } from './database';
import { Phone } from './phone';

const ROOT = resolve(__dirname, '..', '..');
const HOST = '127.0.0.1';
const PAGE = '100000000000777';
const APP = { appId: '200000000000777', appSecret: randomBytes(16).toString('hex') };
const PAGE_TOKEN = `EAA${randomBytes(30).toString('hex')}`;
const PAYPAL = { clientId: 'client-of-the-tests', clientSecret: 'secret-of-the-tests' };

/** A person of the world, with what the application knows of them. */
export interface Citizen {
  phone: Phone;
  key: string;
  email: string;
}

/** The whole application in this process, on the shared PostgreSQL and Temporal, with simulators of its own. */
export interface World {
  store: Store;
  gateway: Gateway;
  client: Client;
  messenger: string;
  paypal: string;
  app: string;
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
  wrap?(activities: ReturnType<typeof createActivities>): ReturnType<typeof createActivities>;
  dependencies?: Partial<Dependencies>;
}

export async function openWorld({ wrap = (same) => same, dependencies = {} }: WorldOptions = {}): Promise<World> {
  const closing: (() => Promise<unknown>)[] = [];
  const keys = parseKeyRing(`test-1:${randomBytes(32).toString('base64')}`);
  const identityKey = randomBytes(32);
  const store = createStore({
    databaseUrl: await freshDatabase('world'),
    keys,
    blindIndexKey: blindIndexKey(identityKey),
  });
  closing.push(() => store.close());
  await store.migrate();

  const address = process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
  const target = { connectionOptions: { address }, namespace: 'default' };
  const client = await connectClient(target, keys);
  closing.push(() => client.connection.close());
  const world = randomUUID().slice(0, 8);
  const taskQueues = { money: `money-${world}`, chat: `chat-${world}` };
  const gateway = createGateway({ client, taskQueues });

  // The simulators want to know where to deliver before the application listens, so its address comes first.
  const server = await listening();
  closing.push(() => closed(server));
  const app = addressOf(server);
  const webhookId = '4JH86294D6297924G';
  const paypal = await startPayPalSimulator({
    host: HOST,
    port: 0,
    databaseUrl: undefined,
    ...PAYPAL,
    webhook: { id: webhookId, url: `${app}/webhooks/paypal` },
    accounts: PEOPLE.map(({ name, email, usd }) => ({ name, email, country: 'US', balances: { USD: usd } })),
    vaulted: PEOPLE.map(({ email, token }) => ({ email, paymentTokenId: token, customerId: `customer_${token}` })),
    settleAfterMs: 50,
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
    people: PEOPLE.map(({ name, psid }) => ({ name, psid, platform: 'ios', country: 'US' })),
  });
  closing.push(() => messenger.close());

  const metrics = createMetrics();
  const shared = { store, gateway, metrics, log: () => undefined };
  server.on(
    'request',
    createApp({
      metrics,
      log: () => undefined,
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
        maskedEmail,
      }),
      desk: Router(),
    }),
  );

  const activities = wrap(
    createActivities({
      store,
      gateway,
      channel: createMessenger({ apiUrl: messenger.url, pageId: PAGE, ...APP, pageToken: PAGE_TOKEN }),
      wallet: createPayPal({ apiUrl: paypal.url, webUrl: paypal.url, ...PAYPAL }),
      understand,
      log: { info: () => undefined, warn: () => undefined },
      ownUrl: app,
      passwordResetUrl: passwordResetUrl(paypal.url),
      personaPictureUrl: `${app}/desk/persona.png`,
      echoWaitMs: 500,
      ...dependencies,
    }),
  );
  const connection = await NativeConnection.connect({ address });
  const { code } = await workflowBundle();
  const workers = await Promise.all(
    Object.values(taskQueues).map((taskQueue) =>
      Worker.create({
        connection,
        taskQueue,
        activities,
        workflowBundle: { code },
        dataConverter: createDataConverter(keys, 'default'),
      }),
    ),
  );
  const running = Promise.all(workers.map((worker) => worker.run()));
  closing.push(async () => {
    for (const worker of workers) worker.shutdown();
    await running;
    await connection.close();
  });

  const citizens = await settle(store, identityKey, messenger.url, paypal.url);
  return {
    ...{
      store,
      gateway,
      client,
      messenger: messenger.url,
      paypal: paypal.url,
      app,
      page: PAGE,
      identityKey,
      taskQueues,
    },
    ...citizens,
    balanceOf: async (email) => (await accountOf(paypal.url, email)).balances['USD'] ?? '',
    totals: async () => (await fetch(`${paypal.url}/_sim/totals`)).json(),
    close: async () => {
      for (const close of closing.toReversed()) await close();
    },
  };
}

const PEOPLE = [
  { name: 'Dana Reyes', email: 'dana@example.com', usd: '250.00', psid: '2400000000000101', token: 'dana0wallet0seed' },
  { name: 'Lee Wong', email: 'lee@example.com', usd: '40.00', psid: '2400000000000102', token: 'lee00wallet0seed' },
];

/** Links the people and makes them know each other. */
async function settle(
  store: Store,
  identityKey: Buffer,
  messenger: string,
  paypal: string,
): Promise<{ dana: Citizen; lee: Citizen }> {
  const citizens: Citizen[] = [];
  for (const { name, email, psid, token } of PEOPLE) {
    const key = personKey(identityKey, PAGE, psid);
    await store.people.register({ personKey: key, page: PAGE, address: psid });
    await store.people.saveProfile(key, { name, firstName: name.split(' ')[0], locale: 'en_US' });
    const { payerId } = await accountOf(paypal, email);
    await store.links.bind({
      ...{ linkId: randomUUID(), personKey: key, payerId, email, name, country: 'US', platform: 'ios' },
      ...{ vaultToken: token, customerId: `customer_${token}` },
    });
    citizens.push({ key, email, phone: new Phone(messenger, psid) });
  }
  const [dana, lee] = citizens;
  if (!dana || !lee) throw new Error('nobody lives here');
  await store.contacts.remember({ ownerKey: dana.key, email: lee.email, name: 'Lee Wong', personKey: lee.key });
  return { dana, lee };
}

async function accountOf(
  paypal: string,
  email: string,
): Promise<{ payerId: string; balances: Record<string, string> }> {
  const answer = await fetch(`${paypal}/_sim/accounts/${encodeURIComponent(email)}`);
  return (await answer.json()) as { payerId: string; balances: Record<string, string> };
}

/** One bundle for all worlds of a suite: it takes seconds and is always the same. */
let bundle: ReturnType<typeof bundleWorkflows> | undefined;
export function workflowBundle(): ReturnType<typeof bundleWorkflows> {
  bundle ??= bundleWorkflows({
    workflowsPath: resolve(ROOT, 'workflows/index.ts'),
    interceptorModules: [resolve(ROOT, 'workflows/interceptors.ts')],
  });
  return bundle;
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

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}
