import { resolve } from 'node:path';
import type { Comparison } from '../../../activities/books/comparison';
import { compareBooks } from '../../../activities/books/comparison';
import { loadSettings } from '../../config';
import type { Break } from '../../domain/money/reconcile';
import { SEARCH_LAG_MS } from '../../domain/money/wallet';
import type { Wallet } from '../../domain/money/wallet';
import type { WalletLinking } from '../../domain/linking/identity-provider';
import { blindIndexKey, identityKey } from '../../identity';
import { parseKeyRing } from '../../keys';
import { runningDatabaseUrl } from '../../local/postgres/address';
import { localSecrets } from '../../local/secrets';
import { placesIn } from '../../local/start/places';
import { reachableHost } from '../../local/start/settings';
import { createStore } from '../../store';
import type { Broken, Store } from '../../store';
import { createPayPal } from '../../wallets/paypal';
import { runEntry } from '../run';

const DAY_MS = 86_400_000;

/** What is checked, and where the result is told, line by line. */
export interface VerifyOptions {
  store: Store;
  wallet: Wallet & WalletLinking;
  say: (line: string) => void;
  /** Milliseconds since the epoch; the real time by default. */
  now?: number;
}

/**
 * Goes through the books: every seal from the first to the last, and the last whole day of the provider's statement
 * against what was booked. Reads only. Gives whether all is well, and names the first row that is not.
 */
export async function verifyLedger({ store, wallet, say, now = Date.now() }: VerifyOptions): Promise<boolean> {
  const { entries, days, broken } = await store.ledgerSeals.verify();
  say(`Seals: ${entries} rows of ${days} days${broken ? '' : ', all as they were sealed.'}`);
  if (broken) say(`First broken: ${inWords(broken)}`);

  const complete = now - SEARCH_LAG_MS;
  const to = complete - (complete % DAY_MS);
  const day = new Date(to - DAY_MS).toISOString().slice(0, 10);
  const { compared, breaks }: Comparison = await compareBooks({ store, wallet }, to - DAY_MS, to);
  say(`PayPal on ${day}: ${compared} bookings compared, ${breaks.length === 0 ? 'no' : breaks.length} differences.`);
  for (const found of breaks) say(`  ${differenceIn(found)}`);
  return broken === undefined && breaks.length === 0;
}

function inWords({ what, entryId, day, paymentId }: Broken): string {
  switch (what) {
    case 'changed':
      return `row ${entryId} was changed after it was sealed.`;
    case 'missing':
      return `row ${entryId} was taken away after it was sealed.`;
    case 'added':
      return `row ${entryId} was put into a day that was sealed already.`;
    case 'seal-missing':
      return `the seal before row ${entryId} was taken away.`;
    case 'day-changed':
      return `the seal of ${day} was changed.`;
    case 'unbalanced':
      return `the rows of payment ${paymentId} do not sum to zero.`;
  }
}

function differenceIn({ paymentId, figure, books, provider }: Break): string {
  const sides = [books && `books: ${books}`, provider && `PayPal: ${provider}`].filter(Boolean).join('; ');
  return `${paymentId ?? 'no payment'}: ${figure} (${sides})`;
}

/** Beside a running `npm start` everything is found in its data folder; elsewhere it comes from the environment. */
async function main(): Promise<void> {
  const settings = loadSettings();
  const places = placesIn(resolve(__dirname, '..', '..', '..', '..'), settings.DATA_DIR);
  const secrets = { ...(await localSecrets(places.secretsFile)), ...definedOf(settings) };
  const databaseUrl = settings.DATABASE_URL ?? (await runningDatabaseUrl(places.postgresFolder, 'app'));
  const apiUrl = settings.PAYPAL_API_URL ?? `http://${reachableHost(settings.HOST)}:${settings.PAYPAL_SIM_PORT}`;
  const store = createStore({
    databaseUrl,
    keys: parseKeyRing(secrets.DATA_KEYS),
    blindIndexKey: blindIndexKey(identityKey(secrets.IDENTITY_KEY)),
  });
  const wallet = createPayPal({
    apiUrl,
    webUrl: settings.PAYPAL_WEB_URL ?? apiUrl,
    clientId: secrets.PAYPAL_CLIENT_ID,
    clientSecret: secrets.PAYPAL_CLIENT_SECRET,
  });
  try {
    if (!(await verifyLedger({ store, wallet, say: (line) => console.log(line) }))) process.exitCode = 1;
  } finally {
    await store.close();
  }
}

function definedOf<T extends object>(settings: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const defined = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}

if (require.main === module) runEntry(main);
