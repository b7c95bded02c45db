import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { WalletIdentity } from '../../../../src/domain/linking/identity-provider';
import type { ReceivedWalletEvent, WalletEvent } from '../../../../src/domain/money/wallet-events';
import { startPayPalSimulator } from '../../../../src/simulators/paypal/simulator';
import { authorizeUrl, createPayPal } from '../../../../src/wallets/paypal';
import { createWebhookVerifier } from '../../../../src/wallets/paypal/webhook';
import type { WebhookVerifierOptions } from '../../../../src/wallets/paypal/webhook';

const CLIENT = { clientId: 'client-of-the-test', clientSecret: 'secret-of-the-test' };
const WEBHOOK_ID = '4JH86294D6297924G';
const WAIT_MS = 15_000;
const LOOK_EVERY_MS = 20;

/** One delivery as it came in. */
export interface Delivered {
  body: Buffer;
  headers: NodeJS.Dict<string | string[]>;
}

/** A simulated PayPal, our client at it, and a receiver that keeps every delivery. */
export async function startWorld() {
  const deliveries: Delivered[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      deliveries.push({ body: Buffer.concat(chunks), headers: request.headers });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  const { port } = receiver.address() as AddressInfo;
  const simulator = await startPayPalSimulator({
    host: '127.0.0.1',
    port: 0,
    databaseUrl: undefined,
    ...CLIENT,
    webhook: { id: WEBHOOK_ID, url: `http://127.0.0.1:${port}/webhooks/paypal` },
    accounts: [],
    settleAfterMs: 50,
  });
  const { url } = simulator;
  const options = { apiUrl: url, webUrl: url, ...CLIENT, timeoutMs: 1_000 };
  const paypal = createPayPal(options);

  async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${url}/_sim/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`${method} /_sim/${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as Answer;
  }

  function verifierFor(changes: Partial<WebhookVerifierOptions> = {}) {
    return createWebhookVerifier({
      webhookId: WEBHOOK_ID,
      certificateHosts: [{ host: new URL(url).host, protocol: 'http:' }],
      trustedRoots: [simulator.caCertificatePem],
      ...changes,
    });
  }
  const verifier = verifierFor();

  /** Everything delivered so far, verified. */
  const received = (): Promise<ReceivedWalletEvent[]> =>
    Promise.all(deliveries.map(({ body, headers }) => verifier.verify(body, headers)));

  return {
    url,
    options,
    paypal,
    control,
    deliveries,
    verifierFor,
    received,
    /** Waits for an event that fits. */
    async event<Kind extends WalletEvent['kind']>(
      kind: Kind,
      fits: (event: Extract<WalletEvent, { kind: Kind }>) => boolean = () => true,
    ): Promise<Extract<WalletEvent, { kind: Kind }>> {
      return eventually(`an event ${kind}`, async () => {
        const events = (await received()).map(({ event }) => event);
        return events.find(
          (event): event is Extract<WalletEvent, { kind: Kind }> =>
            event.kind === kind && fits(event as Extract<WalletEvent, { kind: Kind }>),
        );
      });
    },
    /** An account with 100 dollars unless told otherwise. */
    account(changes: Record<string, unknown> = {}): Promise<{ payerId: string; email: string }> {
      const email = `${randomUUID()}@example.com`;
      return control('POST', 'accounts', {
        email,
        name: 'Dana Reyes',
        country: 'US',
        balances: { USD: '100.00' },
        ...changes,
      });
    },
    async balance(who: string): Promise<string | undefined> {
      return (await control<{ balances: Record<string, string> }>('GET', `accounts/${who}`)).balances['USD'];
    },
    fault: (fault: unknown) => control('POST', 'faults', fault),
    advance: (duration: string) => control('POST', 'clock', { advance: duration }),
    approve: (approveUrl: string, email: string) => submit(approveUrl, email),
    /** A wallet that its owner let us charge. */
    async vaulted(email: string) {
      const key = randomUUID();
      const setup = await paypal.beginVault({
        key,
        returnUrl: 'http://127.0.0.1/yes',
        cancelUrl: 'http://127.0.0.1/no',
      });
      await submit(setup.approveUrl, email);
      return paypal.completeVault({ key: `${key}:token`, setupId: setup.setupId });
    },
    /** Logs in on PayPal's page, and exchanges the code. `verifier` stands in for the right one. */
    async logIn(email: string, wrongVerifier?: string): Promise<WalletIdentity> {
      const codeVerifier = randomBytes(32).toString('base64url');
      const redirectUri = 'http://127.0.0.1:3000/link/return';
      const page = authorizeUrl({
        webUrl: url,
        clientId: CLIENT.clientId,
        redirectUri,
        state: 'state',
        codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      });
      const back = new URL(await submit(page, email));
      const code = back.searchParams.get('code') ?? '';
      return paypal.identify({ code, redirectUri, codeVerifier: wrongVerifier ?? codeVerifier });
    },
    /** Holds everything that was said to the API against PayPal's own specification. */
    async conformance(): Promise<string> {
      const folder = await mkdtemp(join(tmpdir(), 'paypal-conformance-'));
      const journal = join(folder, 'requests.json');
      const { requests } = await control<{ requests: { path: string; status: number }[] }>('GET', 'requests');
      // The file of Vault v3 documents no 401, though PayPal answers so to every token that has run out.
      const judged = requests.filter(({ path, status }) => !(path.startsWith('/v3/vault') && status === 401));
      await writeFile(journal, JSON.stringify({ requests: judged }));
      const check = resolve(process.cwd(), '../shared/checks/paypal-conformance.mjs');
      try {
        return (await promisify(execFile)(process.execPath, [check, journal])).stdout;
      } catch (error) {
        return (error as { stdout: string }).stdout;
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    async close(): Promise<void> {
      await simulator.close();
      receiver.closeAllConnections();
      await new Promise<void>((closed) => receiver.close(() => closed()));
    },
  };
}

/** See {@link startWorld}. */
export type World = Awaited<ReturnType<typeof startWorld>>;

/** Looks again and again until there is a result. */
export async function eventually<Result>(what: string, look: () => Promise<Result | undefined>): Promise<Result> {
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const result = await look();
    if (result !== undefined) return result;
    if (Date.now() > until) throw new Error(`${what} did not come`);
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}

/** Fills in the one field of a PayPal page and agrees. Gives the address PayPal sends the browser to. */
async function submit(page: string, email: string): Promise<string> {
  const shown = await (await fetch(page)).text();
  const hidden = [...shown.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const fields = hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]);
  const answer = await fetch(new URL(page).origin + new URL(page).pathname, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams([...fields, ['email', email]]),
  });
  const location = answer.headers.get('location');
  if (answer.status !== 303 || location === null) throw new Error(`the page answered ${answer.status}`);
  return location;
}
