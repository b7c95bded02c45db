import { join } from 'node:path';
import { TASK_QUEUES } from '../../workflows/messages/task-queues';
import { createApp } from '../api/app';
import { createDeskRouter } from '../api/desk/router';
import { healthRoutes } from '../api/health/router';
import { linkPages } from '../api/link/router';
import { payPages } from '../api/pay/router';
import { messengerWebhook } from '../api/webhooks/messenger';
import { paypalWebhook } from '../api/webhooks/paypal';
import type { Config } from '../config';
import { loadConfig } from '../config';
import { blindIndexKey, identityKey } from '../identity';
import { parseKeyRing } from '../keys';
import { createLog, createMetrics, startTracing } from '../observability';
import { createStore } from '../store';
import { connectClient, readTarget } from '../temporal/connection';
import { createGateway } from '../temporal/gateway';
import { shown } from '../texts';
import { createWebhookVerifier } from '../wallets/paypal/webhook';
import { onStop, runEntry } from './run';
import { seedPeople } from './seed';
import { simulatorRoot } from './simulator-ca';

/** The HTTP side: webhooks, linking pages and the desk. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog({ part: 'api', level: config.LOG_LEVEL });
  startTracing();
  const metrics = createMetrics();
  const keys = parseKeyRing(config.DATA_KEYS);
  const key = identityKey(config.IDENTITY_KEY);
  const store = createStore({ databaseUrl: config.DATABASE_URL, keys, blindIndexKey: blindIndexKey(key) });
  await store.migrate();
  if (config.simulated) await seedPeople(store, config, key);
  const client = await connectClient(readTarget(process.env), keys);
  const gateway = createGateway({ client, taskQueues: TASK_QUEUES });

  const shared = { store, gateway, metrics };
  const app = createApp({
    metrics,
    proxyHops: config.PROXY_HOPS,
    log: (fields) => log.error('a request failed', fields),
    health: healthRoutes(shared),
    webhooks: [
      messengerWebhook({
        ...shared,
        log: (fields) => log.info('event accepted', fields),
        identityKey: key,
        pageId: config.MESSENGER_PAGE_ID,
        appId: config.MESSENGER_APP_ID,
        appSecrets: config.MESSENGER_APP_SECRET.split(','),
        verifyToken: config.MESSENGER_VERIFY_TOKEN,
      }),
      paypalWebhook({
        ...shared,
        log: (fields) => log.info('event received', fields),
        verifier: await verifierFor(config),
      }),
    ],
    link: linkPages({
      ...shared,
      ownUrl: config.ownUrl,
      paypal: { webUrl: config.PAYPAL_WEB_URL, clientId: config.PAYPAL_CLIENT_ID },
      channelOrigins: channelOrigins(config),
    }),
    pay: payPages({
      ...shared,
      ownUrl: config.ownUrl,
      paypal: { webUrl: config.PAYPAL_WEB_URL, clientId: config.PAYPAL_CLIENT_ID },
      shownAmount: (amount) => shown(amount),
    }),
    desk: createDeskRouter({
      ...shared,
      log: (fields) => log.info('desk', fields),
      origin: config.ownUrl,
      devLogin: config.simulated && !config.OIDC_ISSUER && !config.PUBLIC_URL,
      deskDirectory: join(__dirname, '..', '..', 'desk'),
    }),
  });
  const server = app.listen(config.PORT, config.HOST, () => log.info('API listens', { port: config.PORT }));
  onStop(async () => {
    server.close();
    server.closeAllConnections();
    await client.connection.close();
    await store.close();
  });
}

/** PayPal's own certificates, or those of the simulator on this machine. */
async function verifierFor(config: Config): Promise<ReturnType<typeof createWebhookVerifier>> {
  const webhookId = config.PAYPAL_WEBHOOK_ID;
  if (!config.SIM_PAYPAL_DATABASE_URL) return createWebhookVerifier({ webhookId });
  const { host } = new URL(config.PAYPAL_API_URL);
  return createWebhookVerifier({
    webhookId,
    certificateHosts: [{ host, protocol: 'http:' }],
    trustedRoots: [await simulatorRoot(config.DATA_DIR)],
  });
}

/** Where Messenger has the browser sent back to after linking (Messenger, account linking). */
function channelOrigins(config: Config): string[] {
  return config.SIM_MESSENGER_DATABASE_URL
    ? [new URL(config.MESSENGER_API_URL).origin]
    : ['https://www.facebook.com', 'https://m.facebook.com', 'https://www.messenger.com'];
}

runEntry(main);
