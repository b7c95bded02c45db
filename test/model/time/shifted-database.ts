import { Client } from 'pg';

/**
 * `now()` of one database goes ahead with everything else: a function of that name stands before PostgreSQL's own in the
 * search path, so that queries and column defaults find it first. Columns get their default when a table is made, so
 * this comes before the schema.
 */
export class ShiftedDatabase {
  private constructor(private readonly client: Client) {}

  static async prepare(databaseUrl: string): Promise<ShiftedDatabase> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    // The server may end first, when a run of tests is broken off.
    client.on('error', () => undefined);
    const name = new URL(databaseUrl).pathname.slice(1);
    for (const statement of STATEMENTS) await client.query(statement);
    await client.query(`alter database ${name} set search_path = public, pg_catalog`);
    return new ShiftedDatabase(client);
  }

  async shift(milliseconds: number): Promise<void> {
    await this.client.query('update clock_ahead set milliseconds = $1', [Math.round(milliseconds)]);
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

const STATEMENTS = [
  'create table public.clock_ahead (milliseconds bigint not null)',
  'insert into public.clock_ahead values (0)',
  // Runs with its maker's rights: the application's role knows nothing of the table.
  `create function public.now() returns timestamptz language sql stable security definer set search_path = pg_catalog
    as 'select pg_catalog.now() + (select milliseconds from public.clock_ahead) * interval ''1 millisecond'''`,
];
