import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPayPalSimulator } from '../../../src/simulators/paypal/simulator';
import type { PayPalSimulator, PayPalSimulatorOptions } from '../../../src/simulators/paypal/simulator';

/** What came back from a call. */
export interface Reply {
  status: number;
  // The tests look into bodies of many shapes; what is missing fails their expectations.
  body: Body;
  text: string;
  headers: Headers;
}

/** A JSON body that a test may look into at any depth. */
export type Body = { [key: string]: Body } & Body[] & string;

/** A webhook as it was delivered. */
export interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
  event: Body;
}

export const CLIENT = { id: 'test-client', secret: 'test-secret' };
export const WEBHOOK_ID = '1JE4291016473214C';
export const DANA = { email: 'dana@example.com', name: 'Dana Reyes', country: 'US', balances: { USD: '250.00' } };
export const LEE = { email: 'lee@example.com', name: 'Lee Wong', country: 'US', balances: { USD: '40.00' } };
export const DANA_WALLET = { email: DANA.email, paymentTokenId: 'danas8wt', customerId: 'customer_1' };

/** A listener that keeps what it hears and answers as it is told. */
export class Listener {
  readonly heard: Heard[] = [];
  /** Status of the next answers; 200 when there is none left. */
  readonly answers: number[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        this.heard.push({ headers: req.headers, body, event: JSON.parse(body) as Body });
        res.statusCode = this.answers.shift() ?? 200;
        res.end();
      });
    });
  }

  static async start(port = 0): Promise<Listener> {
    const listener = new Listener();
    await new Promise<void>((done) => listener.#server.listen(port, '127.0.0.1', done));
    return listener;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/webhooks/paypal`;
  }

  types(): string[] {
    return this.heard.map(({ event }) => String(event['event_type']));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

/** Waits until something holds, at most so long; throws what was waited for. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  seconds = 20,
): Promise<Exclude<T, false | undefined>> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen as Exclude<T, false | undefined>;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** A simulator with a listener, and a client that talks to it as an application would. */
export class SimulatedPayPal {
  #token = '';
  #lastKey = 0;

  private constructor(
    readonly simulator: PayPalSimulator,
    readonly listener: Listener,
  ) {}

  static async start(options: Partial<PayPalSimulatorOptions> = {}, listener?: Listener): Promise<SimulatedPayPal> {
    const hears = listener ?? (await Listener.start());
    const simulator = await startPayPalSimulator({
      host: '127.0.0.1',
      port: 0,
      databaseUrl: undefined,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      webhook: { id: WEBHOOK_ID, url: hears.url },
      accounts: [DANA, LEE],
      vaulted: [DANA_WALLET],
      settleAfterMs: 200,
      ...options,
    });
    return new SimulatedPayPal(simulator, hears);
  }

  async stop(): Promise<void> {
    await this.simulator.close();
    await this.listener.stop();
  }

  /** A raw request. A string body is sent as it is, anything else as JSON. */
  async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const json = body !== undefined && typeof body !== 'string';
    const answer = await fetch(path.startsWith('http') ? path : this.simulator.url + path, {
      method,
      redirect: 'manual',
      headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : String(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, text, body: (isJson ? JSON.parse(text) : {}) as Body, headers: answer.headers };
  }

  form(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
    return this.request('POST', path, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });
  }

  token(fields: Record<string, string>, client = CLIENT): Promise<Reply> {
    const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
    return this.form('/v1/oauth2/token', fields, { authorization: `Basic ${basic}` });
  }

  /** A call of the application with its own token. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    if (this.#token === '') {
      this.#token = String((await this.token({ grant_type: 'client_credentials' })).body['access_token']);
    }
    return this.request(method, path, body, { authorization: `Bearer ${this.#token}`, ...headers });
  }

  key(): string {
    this.#lastKey += 1;
    return `key-${this.#lastKey}`;
  }

  /** Charges Dana's vaulted wallet. */
  charge(value: string, options: { key?: string; invoice?: string; custom?: string } = {}): Promise<Reply> {
    const { key = this.key(), invoice, custom } = options;
    const unit = {
      amount: { currency_code: 'USD', value },
      ...(invoice === undefined ? {} : { invoice_id: invoice }),
      ...(custom === undefined ? {} : { custom_id: custom }),
    };
    const body = {
      intent: 'CAPTURE',
      purchase_units: [unit],
      payment_source: { paypal: { vault_id: DANA_WALLET.paymentTokenId } },
    };
    return this.call('POST', '/v2/checkout/orders', body, {
      'paypal-request-id': key,
      prefer: 'return=representation',
    });
  }

  /** Charges Dana and gives the capture. */
  async captured(value: string, options: { invoice?: string } = {}): Promise<Body> {
    const { body } = await this.charge(value, options);
    return captureOf(body);
  }

  /** Pays out to an e-mail address, or to whatever `item` says. */
  payOut(
    receiver: string,
    value: string,
    options: { batch?: string; item?: Record<string, unknown> } = {},
  ): Promise<Reply> {
    const { batch, item = {} } = options;
    return this.call('POST', '/v1/payments/payouts', {
      sender_batch_header: batch === undefined ? {} : { sender_batch_id: batch },
      items: [{ recipient_type: 'EMAIL', receiver, amount: { currency: 'USD', value }, ...item }],
    });
  }

  /** The batch of a payout once it has come to rest. */
  async settled(created: Reply): Promise<Body> {
    const id = String(created.body['batch_header']?.['payout_batch_id']);
    return eventually(`batch ${id} settles`, async () => {
      const { body } = await this.call('GET', `/v1/payments/payouts/${id}`);
      return /SUCCESS|DENIED/.test(String(body['batch_header']?.['batch_status'])) && body;
    });
  }

  async totals(): Promise<Body> {
    return (await this.request('GET', '/_sim/totals')).body;
  }

  async balance(who: string): Promise<string> {
    return String((await this.request('GET', `/_sim/accounts/${who}`)).body['balances']?.['USD']);
  }

  async advance(duration: string): Promise<void> {
    await this.request('POST', '/_sim/clock', { advance: duration });
    // The token may have expired meanwhile.
    this.#token = '';
  }

  fault(fault: unknown): Promise<Reply> {
    return this.request('POST', '/_sim/faults', fault);
  }

  /** The first event of a type that was heard, perhaps of one thing only. */
  hears(type: string, about = ''): Promise<Heard> {
    return eventually(`${type} of ${about || 'anything'}`, () =>
      this.listener.heard.find(({ event, body }) => event['event_type'] === type && body.includes(about)),
    );
  }
}

/** The first capture of an order that was answered in full. */
export const captureOf = (order: Body): Body => {
  const capture = order['purchase_units']?.[0]?.['payments']?.['captures']?.[0];
  if (!capture) throw new Error(`no capture in ${JSON.stringify(order)}`);
  return capture;
};

/** The links of a resource. */
export const linksOf = (resource: Body | undefined): { rel: string; href: string }[] =>
  resource?.['links'] as unknown as { rel: string; href: string }[];

/** The issue of a refusal. */
export const issueOf = ({ body }: Reply): string => String(body['details']?.[0]?.['issue']);
