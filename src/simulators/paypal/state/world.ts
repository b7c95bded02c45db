import type { SimulatedClock } from '../../control/clock';
import type { Collection, Documents } from '../../control/documents';
import type {
  Account,
  Capture,
  Dispute,
  Movement,
  Order,
  PaymentToken,
  PayoutBatch,
  PayoutItem,
  Refund,
  SetupToken,
} from './records';
import type { AccessToken, AuthorizationCode, BrowserSession, Consent, RefreshToken } from './sign-in-records';
import type { Certificates, Listener, WebhookEvent } from './webhook-records';

/** What does not change while the simulator runs. */
export interface Settings {
  /** Address of API and web pages, without a slash at the end. */
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  /** How long a payout batch takes, in milliseconds. */
  settleAfterMs: number;
  /** Return addresses registered for the application; undefined allows any address on this machine. */
  returnUrls?: string[];
}

/** A remembered PayPal-Request-Id. */
export interface RememberedKey {
  at: number;
  resource: string;
  /** Digest of the body, where a different one is refused. */
  digest: string;
}

/**
 * Everything the simulated PayPal knows. Operations change it without awaiting, so no two of them ever interleave, and
 * it is written down ({@link Documents.commit}) before the answer leaves.
 */
export class World {
  readonly accounts: Collection<Account>;
  readonly movements: Collection<Movement>;
  readonly orders: Collection<Order>;
  readonly captures: Collection<Capture>;
  readonly refunds: Collection<Refund>;
  readonly batches: Collection<PayoutBatch>;
  readonly items: Collection<PayoutItem>;
  readonly setupTokens: Collection<SetupToken>;
  readonly paymentTokens: Collection<PaymentToken>;
  readonly disputes: Collection<Dispute>;
  readonly codes: Collection<AuthorizationCode>;
  readonly accessTokens: Collection<AccessToken>;
  readonly refreshTokens: Collection<RefreshToken>;
  readonly consents: Collection<Consent>;
  readonly sessions: Collection<BrowserSession>;
  readonly listeners: Collection<Listener>;
  readonly events: Collection<WebhookEvent>;
  readonly certificates: Collection<Certificates>;
  readonly keys: Collection<RememberedKey>;
  /** Invoice ids that paid once, with their capture. */
  readonly invoices: Collection<string>;
  /** Sender batch ids that are taken, with their batch. */
  readonly senderBatches: Collection<{ batchId: string; at: number }>;
  readonly clockOffset: Collection<number>;

  /** Batches and items that time will change: all others are left alone by the tick. */
  readonly openBatches = new Set<string>();
  /** The first to go back comes first: each waits for the same time. */
  readonly unclaimedItems = new Set<string>();
  /** Events that are still on their way to somebody. */
  readonly undelivered = new Set<string>();

  readonly #payerIdByEmail = new Map<string, string>();

  constructor(
    readonly documents: Documents,
    readonly clock: SimulatedClock,
    readonly settings: Settings,
  ) {
    this.accounts = documents.collection('account');
    this.movements = documents.collection('movement');
    this.orders = documents.collection('order');
    this.captures = documents.collection('capture');
    this.refunds = documents.collection('refund');
    this.batches = documents.collection('payout-batch');
    this.items = documents.collection('payout-item');
    this.setupTokens = documents.collection('setup-token');
    this.paymentTokens = documents.collection('payment-token');
    this.disputes = documents.collection('dispute');
    this.codes = documents.collection('authorization-code');
    this.accessTokens = documents.collection('access-token');
    this.refreshTokens = documents.collection('refresh-token');
    this.consents = documents.collection('consent');
    this.sessions = documents.collection('browser-session');
    this.listeners = documents.collection('listener');
    this.events = documents.collection('event');
    this.certificates = documents.collection('certificates');
    this.keys = documents.collection('request-id');
    this.invoices = documents.collection('invoice-id');
    this.senderBatches = documents.collection('sender-batch-id');
    this.clockOffset = documents.collection('clock-offset');
  }

  /** Reads what was kept and finds what is still under way. */
  async load(): Promise<void> {
    await this.documents.load();
    this.clock.restore(this.clockOffset.get('offset') ?? 0);
    for (const account of this.accounts.values())
      this.#payerIdByEmail.set(account.email.toLowerCase(), account.payerId);
    for (const { id, status } of this.batches.values()) {
      if (status === 'PENDING' || status === 'PROCESSING') this.openBatches.add(id);
    }
    const unclaimed = this.items.values().filter(({ status }) => status === 'UNCLAIMED');
    for (const { id } of unclaimed.toSorted((one, other) => (one.returnAt ?? 0) - (other.returnAt ?? 0))) {
      this.unclaimedItems.add(id);
    }
    for (const { id, transmissions } of this.events.values()) {
      if (transmissions.some(({ status }) => status === 'PENDING')) this.undelivered.add(id);
    }
  }

  /** Simulated time, milliseconds since the epoch. */
  now(): number {
    return this.clock.now();
  }

  /** Adds an account; its e-mail address must be free. */
  addAccount(account: Account): Account {
    this.#payerIdByEmail.set(account.email.toLowerCase(), account.payerId);
    return this.accounts.set(account.payerId, account);
  }

  /** Finds an account by payer id or e-mail address, in any case. */
  account(payerIdOrEmail: string): Account | undefined {
    return (
      this.accounts.get(payerIdOrEmail) ??
      this.accounts.get(this.#payerIdByEmail.get(payerIdOrEmail.trim().toLowerCase()) ?? '')
    );
  }

  /** An account that must exist, by payer id. */
  accountOf(payerId: string): Account {
    const account = this.accounts.get(payerId);
    if (!account) throw new Error(`no account ${payerId}`);
    return account;
  }
}

/** A time as PayPal writes it: UTC, whole seconds. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
