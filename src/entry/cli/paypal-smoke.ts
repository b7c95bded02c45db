import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loadSettings } from '../../config';
import { toDecimal } from '../../domain/money/amounts';
import type { Money } from '../../domain/money/amounts';
import type { VaultedWallet, WalletLinking } from '../../domain/linking/identity-provider';
import type { Wallet } from '../../domain/money/wallet';
import { ProviderFailure } from '../../domain/outcomes';
import { localSecrets } from '../../local/secrets';
import { placesIn } from '../../local/start/places';
import { reachableHost } from '../../local/start/settings';
import { createPayPal } from '../../wallets/paypal';
import type { PayPalOptions } from '../../wallets/paypal';
import { runEntry } from '../run';

/** What a smoke run is to do, and where it tells about it. */
export interface SmokeOptions extends PayPalOptions {
  /** Also moves one cent there and back; a person has to approve it in a browser. */
  oneCent: boolean;
  say: (line: string) => void;
  /** Pause between two looks at what takes time, in milliseconds. */
  pollMs?: number;
}

const ONE_CENT: Money = { minor: 1, currency: 'USD' };
const POLL_MS = 3_000;
/** How long a person may take to approve, and a payout to settle (the sandbox takes 20 s), in milliseconds. */
const APPROVAL_WAIT_MS = 10 * 60_000;
const SETTLEMENT_WAIT_MS = 2 * 60_000;
/** PayPal sends the person here after approving; nobody needs to listen. */
const AFTERWARDS = 'https://example.com/';

type Step = <Result>(what: string, act: () => Promise<Result>, told: (result: Result) => string) => Promise<Result>;

/**
 * Tries the calls the application makes, one after the other, and says in plain words what each did.
 * Gives false where a call did not do what it should.
 */
export async function smokePayPal({ oneCent, say, pollMs = POLL_MS, ...options }: SmokeOptions): Promise<boolean> {
  const paypal = createPayPal(options);
  const step: Step = async (what, act, told) => {
    try {
      const result = await act();
      say(`  ok      ${what}: ${told(result)}`);
      return result;
    } catch (error) {
      say(`  FAILED  ${what}: ${inWords(error)}`);
      throw error;
    }
  };
  say(`PayPal at ${options.apiUrl}`);
  try {
    await readOnly(paypal, step);
    if (oneCent) await thereAndBack(paypal, step, say, pollMs);
    else say('Nothing was moved. With `-- --one-cent` one cent goes there and back.');
    return true;
  } catch (error) {
    if (error instanceof ProviderFailure || error instanceof Unexpected) return false;
    throw error;
  }
}

async function readOnly(paypal: Wallet, step: Step): Promise<void> {
  await step(
    'credentials and transaction search',
    () => paypal.findCharge(`smoke-${randomUUID()}`, new Date(Date.now() - 3_600_000)),
    (found) => expecting(found === undefined, 'no charge of a payment that never was'),
  );
  await step(
    'payouts',
    () => paypal.findPayout('NOSUCHBATCH11').catch(refusedAs('not-found')),
    () => 'a batch that never was is refused as it should be',
  );
}

/** Consent, charge, payout, refund, and the end of the consent. What was taken is given back even after a failure. */
async function thereAndBack(
  paypal: Wallet & WalletLinking,
  step: Step,
  say: (line: string) => void,
  pollMs: number,
): Promise<void> {
  const id = `smoke-${randomUUID()}`;
  const setup = await step(
    'vault setup',
    () => paypal.beginVault({ key: `${id}:setup`, returnUrl: AFTERWARDS, cancelUrl: AFTERWARDS }),
    ({ setupId }) => `waits for an approval (${setupId})`,
  );
  say(`  Open ${setup.approveUrl} and approve with a test account.`);
  const wallet = await step(
    'vault approval',
    () => approval(paypal, id, setup.setupId, pollMs),
    ({ payerId }) => `the wallet of ${payerId} may be charged`,
  );
  const charge = { paymentId: id, key: `${id}:charge:0`, amount: ONE_CENT, vaultToken: wallet.token };
  try {
    const taken = await step(
      'charge of one cent',
      () => paypal.charge(charge),
      ({ captureId, state, fee }) => `capture ${captureId} is ${state}, fee ${toDecimal(fee)} ${fee.currency}`,
    );
    try {
      await step(
        'the same charge again',
        () => paypal.charge(charge),
        (again) => expecting(again.captureId === taken.captureId, 'the same capture, nothing taken twice'),
      );
      await payBack(paypal, step, id, wallet, pollMs);
    } finally {
      await step(
        'refund of one cent',
        () => paypal.refund({ captureId: taken.captureId, key: `${id}:refund:0`, amount: ONE_CENT }),
        ({ refundId, state }) => `refund ${refundId} is ${state}`,
      );
    }
  } finally {
    await step(
      'end of the consent',
      () => paypal.removeVault(wallet.token),
      () => 'the wallet cannot be charged any more',
    );
  }
}

async function payBack(paypal: Wallet, step: Step, id: string, { payerId }: VaultedWallet, pollMs: number) {
  const payout = { paymentId: id, key: id, amount: ONE_CENT, receiver: { kind: 'account', payerId } } as const;
  const sent = await step(
    'payout of one cent',
    () => paypal.payOut(payout),
    ({ batchId, state }) => `batch ${batchId} is ${state}`,
  );
  await step(
    'the same payout again',
    () => paypal.payOut(payout),
    ({ batchId }) => expecting(batchId === sent.batchId, 'the same batch, nothing sent twice'),
  );
  await step(
    'settlement of the payout',
    () => settlement(paypal, sent.batchId, pollMs),
    ({ itemId, state, fee }) => `item ${itemId} is ${state}, fee ${toDecimal(fee)} ${fee.currency}`,
  );
}

async function approval(paypal: WalletLinking, id: string, setupId: string, pollMs: number): Promise<VaultedWallet> {
  const until = Date.now() + APPROVAL_WAIT_MS;
  for (let attempt = 0; ; attempt++) {
    try {
      // Each look has a key of its own: a key brings back its first answer, which was "not approved".
      return await paypal.completeVault({ key: `${id}:token:${attempt}`, setupId });
    } catch (error) {
      const waits = error instanceof ProviderFailure && error.outcome === 'needs-person';
      if (!waits || Date.now() > until) throw error;
      await pause(pollMs);
    }
  }
}

async function settlement(paypal: Wallet, batchId: string, pollMs: number) {
  const until = Date.now() + SETTLEMENT_WAIT_MS;
  for (;;) {
    const payout = await paypal.findPayout(batchId);
    if (payout.state !== 'pending') return payout;
    if (Date.now() > until) throw new Unexpected('it is still pending');
    await pause(pollMs);
  }
}

/** PayPal answered, but not what it should. */
class Unexpected extends Error {}

function expecting(held: boolean, what: string): string {
  if (!held) throw new Unexpected(`expected ${what}`);
  return what;
}

function refusedAs(reason: ProviderFailure['reason']) {
  return (error: unknown): void => {
    if (!(error instanceof ProviderFailure) || error.reason !== reason) throw error;
  };
}

function inWords(error: unknown): string {
  if (!(error instanceof ProviderFailure)) return error instanceof Error ? error.message : String(error);
  const { providerCode, debugId } = error.detail;
  return `${error.outcome}, ${error.reason} (${providerCode}${debugId === undefined ? '' : `, debug id ${debugId}`})`;
}

/** The credentials of `npm start`'s simulator are kept beside its data; those of PayPal come from the environment. */
async function main(): Promise<void> {
  const settings = loadSettings();
  const given = settings.PAYPAL_CLIENT_ID !== undefined && settings.PAYPAL_CLIENT_SECRET !== undefined;
  const { secretsFile } = placesIn(resolve(__dirname, '..', '..', '..', '..'), settings.DATA_DIR);
  const kept = given ? undefined : await localSecrets(secretsFile);
  const apiUrl = settings.PAYPAL_API_URL ?? `http://${reachableHost(settings.HOST)}:${settings.PAYPAL_SIM_PORT}`;
  const done = await smokePayPal({
    apiUrl,
    webUrl: settings.PAYPAL_WEB_URL ?? apiUrl,
    clientId: settings.PAYPAL_CLIENT_ID ?? kept?.PAYPAL_CLIENT_ID ?? '',
    clientSecret: settings.PAYPAL_CLIENT_SECRET ?? kept?.PAYPAL_CLIENT_SECRET ?? '',
    oneCent: process.argv.includes('--one-cent'),
    say: (line) => console.log(line),
  });
  if (!done) process.exitCode = 1;
}

if (require.main === module) runEntry(main);
