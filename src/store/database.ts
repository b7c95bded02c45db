import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import type { DatabaseConnection } from 'kysely';
import { Pool, types } from 'pg';
import { preparing } from './prepared-statements';
import { APP_ROLE } from './role';
import type { DB } from './schema';

/** The database, or one transaction on it: every aggregate works on either. */
export type Db = Kysely<DB>;

/** Connections per process by default: two cores gain nothing from more, and several processes share one server. */
const POOL_SIZE = 10;

/** A query waits this long for a connection: longer than a busy moment, shorter than a webhook's patience. */
const CONNECT_TIMEOUT_MS = 5_000;

/** No query here takes long; one that does is stuck, and its caller tries again. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** A transaction that its process has left open must not keep its locks. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

/**
 * Opens a pool of connections that work as {@link APP_ROLE}, so that the books can only be appended to. Nothing is
 * connected before the first query.
 */
export function openDatabase(databaseUrl: string, poolSize = POOL_SIZE): Db {
  const pool = preparing(openPool(databaseUrl, poolSize));
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool, onCreateConnection: workAsApp }) });
}

/** Opens a connection with the rights of the address's own user: only for changing the schema. */
export function openAsOwner(databaseUrl: string): Db {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: openPool(databaseUrl, 1) }) });
}

function openPool(databaseUrl: string, poolSize: number): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    types: { getTypeParser: parserOf },
  });
  // The loss of a connection, idle or between two queries of a transaction, is an event that would end the process
  // without a listener. The pool throws such a connection away, and whoever uses it hears of it from the next query.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return pool;
}

/** Gives rights up for as long as the connection lasts. The role is missing where the server did not let us make it. */
async function workAsApp(connection: DatabaseConnection): Promise<void> {
  const assume = `select set_config('role', rolname, false) from pg_roles
    where rolname = '${APP_ROLE}' and pg_has_role(current_user, oid, 'member')`;
  await connection.executeQuery(CompiledQuery.raw(assume));
}

/** Runs the work in the transaction that is under way, or in one of its own. */
export function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** Amounts and row numbers are numbers here, and never silently wrong ones. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === types.builtins.INT8) return readSafeInteger;
  return types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
}

function readSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an int8 of the database is beyond the safe integers');
  return value;
}
