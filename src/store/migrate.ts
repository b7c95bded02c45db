import { Migrator } from 'kysely';
import type { Migration, MigrationResultSet } from 'kysely';
import { openAsOwner } from './database';
import type { Db } from './database';
import * as peopleMoneyConversations from './migrations/0001-people-money-conversations';
import * as limitsAndBooks from './migrations/0002-limits-and-books';
import * as moneyRequests from './migrations/0003-money-requests';
import * as stepUpAndSources from './migrations/0004-step-up-and-sources';
import * as sendingBack from './migrations/0005-sending-back';
import * as sentMessagesAreTold from './migrations/0006-sent-messages-are-told';

/** Every migration by its name, in order. A migration that has landed is never changed: another one follows it. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-people-money-conversations': peopleMoneyConversations,
  '0002-limits-and-books': limitsAndBooks,
  '0003-money-requests': moneyRequests,
  '0004-step-up-and-sources': stepUpAndSources,
  '0005-sending-back': sendingBack,
  '0006-sent-messages-are-told': sentMessagesAreTold,
};

/**
 * Brings the database to the newest schema, all or nothing. Several processes may call it at once: one migrates and the
 * others wait (Kysely takes an advisory lock). Without anything to do it changes nothing.
 */
export async function migrateToLatest(databaseUrl: string): Promise<void> {
  const db = openAsOwner(databaseUrl);
  const { error, results = [] } = await migrate(db);
  if (error === undefined) return;
  const failed = results.find((result) => result.status === 'Error')?.migrationName ?? 'the database';
  throw new Error(`migrating ${failed} failed`, { cause: error });
}

async function migrate(db: Db): Promise<MigrationResultSet> {
  try {
    return await new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
    }).migrateToLatest();
  } finally {
    await db.destroy();
  }
}
