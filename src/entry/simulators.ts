import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../config';
import { SEEDED_PEOPLE } from '../local/seeds';
import { reachableHost } from '../local/start/settings';
import { createLog } from '../observability';
import { startMessengerSimulator } from '../simulators/messenger/start';
import { startPayPalSimulator } from '../simulators/paypal/simulator';
import { SIMULATOR_CA_FILE } from './simulator-ca';
import { onStop, runEntry } from './run';

/** The two servers that stand in for Messenger and PayPal. One runs only where its database is named. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog({ part: 'simulators', level: config.LOG_LEVEL });
  // They name themselves by the address that they listen on, so it has to be one that can be reached.
  const host = reachableHost(config.HOST);
  const running: { close(): Promise<void> }[] = [];
  if (config.SIM_PAYPAL_DATABASE_URL) {
    const paypal = await startPayPalSimulator({
      host,
      port: config.PAYPAL_SIM_PORT,
      databaseUrl: config.SIM_PAYPAL_DATABASE_URL,
      clientId: config.PAYPAL_CLIENT_ID,
      clientSecret: config.PAYPAL_CLIENT_SECRET,
      webhook: { id: config.PAYPAL_WEBHOOK_ID, url: `${config.ownUrl}/webhooks/paypal` },
      accounts: SEEDED_PEOPLE.map(({ email, name, country, balance }) => ({
        email,
        name,
        country,
        balances: { USD: balance },
      })),
      reportError: (error) => log.error('the PayPal simulator failed', { error }),
      vaulted: SEEDED_PEOPLE.flatMap(({ email, vault }) => (vault ? [{ email, ...vault }] : [])),
    });
    running.push(paypal);
    await keepCertificate(config.DATA_DIR, paypal.caCertificatePem);
    log.info('PayPal simulator listens', { port: config.PAYPAL_SIM_PORT });
  }
  if (config.SIM_MESSENGER_DATABASE_URL) {
    const messenger = await startMessengerSimulator({
      host,
      port: config.MESSENGER_SIM_PORT,
      databaseUrl: config.SIM_MESSENGER_DATABASE_URL,
      pageId: config.MESSENGER_PAGE_ID,
      appId: config.MESSENGER_APP_ID,
      appSecret: config.MESSENGER_APP_SECRET.split(',')[0] ?? '',
      pageToken: config.MESSENGER_PAGE_TOKEN,
      webhookUrl: `${config.ownUrl}/webhooks/messenger`,
      people: SEEDED_PEOPLE.map(({ psid, name, platform, country, locale, timezone }) => ({
        psid,
        name,
        platform,
        country,
        locale,
        timezone,
      })),
      phonesDirectory: join(__dirname, '..', '..', 'phones'),
    });
    running.push(messenger);
    log.info('Messenger simulator listens', { port: config.MESSENGER_SIM_PORT });
  }
  onStop(async () => {
    await Promise.all(running.map((simulator) => simulator.close()));
  });
}

/** The application trusts the simulator's certificates by this file, as it trusts PayPal's by the system's roots. */
async function keepCertificate(dataFolder: string, pem: string): Promise<void> {
  const file = join(dataFolder, SIMULATOR_CA_FILE);
  await mkdir(dataFolder, { recursive: true });
  await writeFile(`${file}.new`, pem);
  await rename(`${file}.new`, file);
}

runEntry(main);
