import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, exitWith } from './processes/command.mjs';

/**
 * Writes src/store/schema.ts from the database as the migrations make it, so that a query which names a column that
 * does not exist is a type error. Runs a database of its own; needs nothing but the packages.
 */
const require = createRequire(import.meta.url);

try {
  // The code may name columns that the old types do not know: it is compiled all the same.
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'src/store', 'src/local'], { cwd: ROOT });
  const { startPostgres } = require('../dist/src/local/postgres/server.js');
  const { migrateToLatest } = require('../dist/src/store/migrate.js');
  const folder = await mkdtemp(join(tmpdir(), 'schema-types-'));
  const data = { folder: join(folder, 'postgres'), logFile: join(folder, 'postgres.log'), databases: ['app'] };
  const postgres = await startPostgres({ ...data, scratch: true }, () => undefined);
  try {
    await migrateToLatest(postgres.urlOf('app'));
    run('kysely-codegen/dist/cli/bin.js', [
      '--config-file',
      'scripts/schema-types.json',
      '--url',
      postgres.urlOf('app'),
    ]);
    run('prettier/bin/prettier.cjs', ['--write', 'src/store/schema.ts']);
  } finally {
    process.kill(postgres.pid, 'SIGQUIT');
    await postgres.ended;
    await rm(folder, { recursive: true, force: true });
  }
} catch (error) {
  exitWith(error);
}

function run(script, args) {
  const { status } = spawnSync(process.execPath, [join('node_modules', script), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${script} failed.`);
}
