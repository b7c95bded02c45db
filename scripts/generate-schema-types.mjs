import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, exitWith } from './processes/command.mjs';

/**
 * Writes the files of src/store/schema from the database as the migrations make it, so that a query which names a
 * column that does not exist is a type error. Runs a database of its own; needs nothing but the packages. With `--url`
 * and `--folder` it reads that migrated database and writes there, as the test does that compares the two.
 */
const require = createRequire(import.meta.url);

/** What each file holds, as globs over the names of tables. A new table is in `conversations` until it is named here. */
const PEOPLE = ['people', 'contacts', 'blocks', 'links', 'link_sessions', 'step_ups'];
const MONEY = ['funding_sources', 'ledger_*', 'limit_*', 'money_*', 'payments', 'payouts', 'request_shares'];
const OF_THE_MIGRATIONS = 'kysely_*';
const FILES = {
  'people.ts': ['--include-pattern', anyOf(PEOPLE)],
  'money.ts': ['--include-pattern', anyOf(MONEY)],
  'conversations.ts': ['--exclude-pattern', anyOf([...PEOPLE, ...MONEY, OF_THE_MIGRATIONS])],
};

const { values } = parseArgs({ options: { url: { type: 'string' }, folder: { type: 'string' } } });
const target = values.folder ?? 'src/store/schema';

try {
  if (values.url) write(values.url);
  else await withDatabase(write);
} catch (error) {
  exitWith(error);
}

async function withDatabase(use) {
  // The code may name columns that the old types do not know: it is compiled all the same.
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'src/store', 'src/local'], { cwd: ROOT });
  const { startPostgres } = require('../dist/src/local/postgres/server.js');
  const { migrateToLatest } = require('../dist/src/store/migrate.js');
  const folder = await mkdtemp(join(tmpdir(), 'schema-types-'));
  const data = { folder: join(folder, 'postgres'), logFile: join(folder, 'postgres.log'), databases: ['app'] };
  const postgres = await startPostgres({ ...data, scratch: true }, () => undefined);
  try {
    await migrateToLatest(postgres.urlOf('app'));
    use(postgres.urlOf('app'));
  } finally {
    process.kill(postgres.pid, 'SIGQUIT');
    await postgres.ended;
    await rm(folder, { recursive: true, force: true });
  }
}

function write(url) {
  const files = Object.keys(FILES).map((name) => join(target, name));
  for (const [name, tables] of Object.entries(FILES)) {
    const to = ['--out-file', join(target, name), '--url', url];
    run('kysely-codegen/dist/cli/bin.js', ['--config-file', 'scripts/schema-types.json', ...tables, ...to]);
  }
  run('prettier/bin/prettier.cjs', ['--config', '.prettierrc.json', '--write', ...files]);
}

function anyOf(patterns) {
  return `{${patterns.join(',')}}`;
}

function run(script, args) {
  const { status } = spawnSync(process.execPath, [join('node_modules', script), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${script} failed.`);
}
