import { Client } from 'pg';

/** A subscription to the events of the desk. */
export interface Listening {
  /** Ends it; nothing is told afterwards. */
  close(): Promise<void>;
}

/** The channel on which the database tells of new rows in `desk_events`. */
const CHANNEL = 'desk';

/** Pauses between attempts to connect again: the first at once enough for a restart, the last easy on a dead server. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

interface Subscription {
  databaseUrl: string;
  latestId: () => Promise<number>;
  onEvent: (eventId: number) => void;
}

/** Listens over a connection of its own, and again over a new one whenever it is lost. */
export async function listenTo(subscription: Subscription): Promise<Listening> {
  const listener = new Listener(subscription);
  await listener.connect();
  return listener;
}

class Listener implements Listening {
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #closed = false;

  constructor(private readonly subscription: Subscription) {}

  async connect(): Promise<void> {
    const client = new Client({ connectionString: this.subscription.databaseUrl, keepAlive: true });
    // A broken connection tells by 'error' and 'end', a closed one by 'end' alone; `lost` takes the first.
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.tell(Number(payload)));
    this.#client = client;
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  private tell(eventId: number): void {
    if (!this.#closed) this.subscription.onEvent(eventId);
  }

  private lost(client: Client): void {
    if (this.#closed || this.#client !== client) return;
    this.#client = undefined;
    this.#retry = setTimeout(() => void this.reconnect(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  private async reconnect(): Promise<void> {
    try {
      await this.connect();
      this.tell(await this.subscription.latestId());
    } catch {
      // The database is still away; without a connection there is nobody to tell it to. Another attempt follows.
      if (this.#client) this.lost(this.#client);
    }
  }
}
