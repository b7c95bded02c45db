import { SimulatedClock } from '../../../../src/simulators/control/clock';
import { Documents } from '../../../../src/simulators/control/documents';
import type { DocumentChange, DocumentStore, StoredDocument } from '../../../../src/simulators/control/documents';
import { Api } from '../../../../src/simulators/paypal/api/api';
import type { Answer, Operation } from '../../../../src/simulators/paypal/api/call';
import type { KeyMemory } from '../../../../src/simulators/paypal/api/idempotency';
import { documentKeys } from '../../../../src/simulators/paypal/api/idempotency';
import { OPERATIONS } from '../../../../src/simulators/paypal/api/operations';
import { seed } from '../../../../src/simulators/paypal/seed';
import { elapse } from '../../../../src/simulators/paypal/state/elapse';
import { World } from '../../../../src/simulators/paypal/state/world';

/** Keeps what a database would keep, so that a crash can be played in memory. */
class MapStore implements DocumentStore {
  readonly #kept = new Map<string, string>();

  load(): Promise<StoredDocument[]> {
    return Promise.resolve([...this.#kept.values()].map((text) => JSON.parse(text) as StoredDocument));
  }

  save(changes: DocumentChange[]): Promise<void> {
    for (const change of changes) {
      const key = `${change.kind}\n${change.id}`;
      if (change.body === undefined) this.#kept.delete(key);
      else this.#kept.set(key, JSON.stringify(change));
    }
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** What a test plants instead of the real thing. */
export interface Planted {
  keys?: (world: World) => KeyMemory;
  operations?: readonly Operation[];
}

export const PEOPLE = ['ana@example.com', 'bo@example.com', 'cy@example.com'];
export const walletOf = (person: number): string => `wallet0${person}`;

const TOKEN = 'token';
const START = Date.parse('2026-01-01T00:00:00Z');

/** PayPal without a network, on a clock of its own, with a store that survives {@link BenchBank.crash}. */
export class BenchBank {
  world: World;
  #api: Api;
  #now = START;
  readonly #store = new MapStore();

  private constructor(private readonly planted: Planted) {
    this.world = this.#newWorld();
    this.#api = this.#newApi();
  }

  static async open(planted: Planted): Promise<BenchBank> {
    const bank = new BenchBank(planted);
    const accounts = PEOPLE.map((email) => ({ email, name: email, country: 'US', balances: { USD: '100.00' } }));
    const wallets = PEOPLE.map((email, person) => ({
      email,
      paymentTokenId: walletOf(person),
      customerId: `c${person}`,
    }));
    seed(bank.world, accounts, wallets);
    const forever = Number.MAX_SAFE_INTEGER;
    bank.world.accessTokens.set(TOKEN, { token: TOKEN, clientId: 'client', scope: '', expiresAt: forever });
    await bank.world.documents.commit();
    return bank;
  }

  #newWorld(): World {
    const settings = { baseUrl: 'http://paypal', clientId: 'client', clientSecret: 'secret', settleAfterMs: 1000 };
    return new World(new Documents(this.#store), new SimulatedClock(0, () => this.#now), settings);
  }

  #newApi(): Api {
    const keys = this.planted.keys ?? documentKeys;
    return new Api(this.world, this.planted.operations ?? OPERATIONS, keys(this.world));
  }

  /** Lets a call in; it has its answer at once, or is carried out when told. */
  admit(method: string, path: string, body: unknown, key?: string): () => Answer {
    const admitted = this.#api.admit({
      method,
      path,
      query: {},
      headers: { authorization: `Bearer ${TOKEN}`, ...(key === undefined ? {} : { 'paypal-request-id': key }) },
      body,
      rawBody: JSON.stringify(body),
    });
    return 'finish' in admitted ? () => admitted.finish() : () => admitted;
  }

  /** Time goes by. */
  wait(ms: number): void {
    this.#now += ms;
    elapse(this.world);
  }

  /** The process dies and starts again: what was not written down is gone. */
  async crash(): Promise<void> {
    this.world = this.#newWorld();
    await this.world.load();
    this.#api = this.#newApi();
  }
}
