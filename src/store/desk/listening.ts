import { Client } from 'pg';

/** A subscription to the events of the desk. */
export interface Listening {
  /** Ends it; nothing is told afterwards. */
  close(): Promise<void>;
}

/** The channel on which the database tells of new rows in `desk_events`. */
const CHANNEL = 'desk';

/** Pauses between attempts to connect again: short enough for a restart, then easy on a server that stays away. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** A server that does not even refuse is given up for this attempt. */
const CONNECT_TIMEOUT_MS = 5_000;

interface Subscription {
  databaseUrl: string;
  latestId: () => Promise<number>;
  onEvent: (eventId: number) => void;
}

/** Listens over a connection of its own, and again over a new one whenever it is lost. Rejects when the first fails. */
export async function listenTo(subscription: Subscription): Promise<Listening> {
  const listener = new Listener(subscription);
  await listener.connect();
  return listener;
}

class Listener implements Listening {
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #reconnecting: Promise<void> = Promise.resolve();
  #pauseMs = FIRST_PAUSE_MS;
  #closed = false;

  constructor(private readonly subscription: Subscription) {}

  async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.subscription.databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    // Every loss is also an 'end', which is what is acted on; without a listener 'error' would end the process.
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => this.tell(Number(payload)));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    client.on('end', () => this.connectLater());
    this.#client = client;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#reconnecting;
    await this.#client?.end();
  }

  private tell(eventId: number): void {
    if (!this.#closed) this.subscription.onEvent(eventId);
  }

  private connectLater(): void {
    this.#client = undefined;
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      this.#reconnecting = this.reconnect();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  private async reconnect(): Promise<void> {
    try {
      await this.connect();
    } catch {
      // The database is still away, which its other users report; another attempt follows.
      this.connectLater();
      return;
    }
    try {
      this.tell(await this.subscription.latestId());
      this.#pauseMs = FIRST_PAUSE_MS;
    } catch {
      // What was missed is not known: begin again with a new connection, whose end is what brings the next attempt.
      await this.#client?.end();
    }
  }
}
