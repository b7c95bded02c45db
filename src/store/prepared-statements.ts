import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { DatabaseError } from 'pg';
import type { Pool, PoolClient, QueryResult } from 'pg';

/**
 * Statements that are prepared, at most. Lists of values can have any length, and each length is a statement of its own:
 * together they must not fill the server's memory.
 */
const MOST_STATEMENTS = 600;

/** Where PostgreSQL finds that the result of a prepared statement has another shape, because the schema has changed. */
const RESULT_CHANGED = 'RevalidateCachedQuery';

/**
 * A pool whose connections prepare each statement with values when they first run it. From then on the server need not
 * parse it, nor plan it: that is the greater part of what a small statement costs. A schema that changes meanwhile, as
 * when a new version is rolled out, makes them prepare anew; a transaction that is under way in that moment fails once.
 */
export function preparing(pool: Pool): PostgresPool {
  const names = new Map<string, string>();
  // Kysely knows a connection by its client: the same one has to come again.
  const known = new WeakMap<PoolClient, PreparingClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const preparingClient = known.get(client) ?? new PreparingClient(client, names);
      known.set(client, preparingClient);
      return preparingClient;
    },
    end: () => pool.end(),
  };
}

class PreparingClient implements PostgresPoolClient {
  #generation = 0;

  constructor(
    private readonly client: PoolClient,
    private readonly names: Map<string, string>,
  ) {}

  // Cursors, the other thing that Kysely could ask for, are not used here.
  readonly query = this.run.bind(this) as unknown as PostgresPoolClient['query'];

  release(): void {
    this.client.release();
  }

  private async run(text: string, values: unknown[]): Promise<QueryResult> {
    const isAlone = this.client.getTransactionStatus() === 'I';
    try {
      return await this.client.query({ text, values, name: this.nameOf(text, values) });
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.routine !== RESULT_CHANGED) throw error;
      this.#generation += 1;
      if (!isAlone) throw error;
      return this.client.query({ text, values, name: this.nameOf(text, values) });
    }
  }

  /** The statement's name on this connection; none where it is not worth preparing. */
  private nameOf(text: string, values: unknown[]): string | undefined {
    if (values.length === 0) return undefined;
    if (!this.names.has(text) && this.names.size < MOST_STATEMENTS) this.names.set(text, String(this.names.size));
    const name = this.names.get(text);
    return name && `${this.#generation}-${name}`;
  }
}
