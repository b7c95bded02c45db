import type { LocalSecrets } from '../secrets';
import { reachableHost } from './settings';
import type { LocalSettings } from './settings';

/** Addresses of the databases of one run. */
export interface DatabaseUrls {
  readonly app: string;
  /** Present where the Messenger simulator runs here. */
  readonly messengerSimulator?: string;
  /** Present where the PayPal simulator runs here. */
  readonly paypalSimulator?: string;
}

/**
 * The environment of every part: what the user gave wins, the rest is embedded, simulated or made once. A simulator
 * runs where its database is named: `SIM_MESSENGER_DATABASE_URL`, `SIM_PAYPAL_DATABASE_URL`.
 */
export function environmentForParts(
  baseEnvironment: NodeJS.ProcessEnv,
  settings: LocalSettings,
  secrets: LocalSecrets,
  started: { readonly dataFolder: string; readonly databases: DatabaseUrls; readonly temporalAddress: string },
): NodeJS.ProcessEnv {
  const given = Object.fromEntries(Object.entries(baseEnvironment).filter(([, value]) => value !== ''));
  const host = reachableHost(settings.HOST);
  const paypalUrl = settings.PAYPAL_API_URL ?? `http://${host}:${settings.PAYPAL_SIM_PORT}`;
  const { app, messengerSimulator, paypalSimulator } = started.databases;
  return {
    ...secrets,
    ...given,
    DATA_DIR: started.dataFolder,
    DATABASE_URL: app,
    TEMPORAL_ADDRESS: started.temporalAddress,
    TEMPORAL_NAMESPACE: settings.TEMPORAL_NAMESPACE,
    MESSENGER_API_URL: settings.MESSENGER_API_URL ?? `http://${host}:${settings.MESSENGER_SIM_PORT}`,
    PAYPAL_API_URL: paypalUrl,
    PAYPAL_WEB_URL: settings.PAYPAL_WEB_URL ?? paypalUrl,
    ...(messengerSimulator === undefined ? {} : { SIM_MESSENGER_DATABASE_URL: messengerSimulator }),
    ...(paypalSimulator === undefined ? {} : { SIM_PAYPAL_DATABASE_URL: paypalSimulator }),
  };
}
