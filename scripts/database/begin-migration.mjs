/**
 * `npm run db:migration -- NAME`: begins the next migration, `src/store/migrations/0005-name.ts`, enters it into
 * src/store/migrate.ts and says what is left to do.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, exitWith } from '../processes/command.mjs';

/** Lower-case words with hyphens, so that files sort and read alike. */
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const TEMPLATE = `import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** What this changes, and why: a sentence for whoever reads the schema's history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS: string[] = [];
`;

/**
 * Writes the file and its two lines in migrate.ts. Gives the path of the new migration.
 *
 * @param {string} store the folder of the store's sources
 * @param {string | undefined} name
 * @throws Error with one sentence when the name cannot be used or migrate.ts does not look as expected
 */
export function beginMigration(store, name) {
  if (name === undefined || !NAME.test(name)) {
    throw new Error('Give it a name of lower-case words with hyphens: npm run db:migration -- merchant-offers');
  }
  const folder = join(store, 'migrations');
  const numbers = readdirSync(folder).map((file) => Number.parseInt(file, 10));
  const id = `${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}-${name}`;
  const variable = name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
  const file = join(folder, `${id}.ts`);
  if (existsSync(file)) throw new Error(`${file} is there already.`);

  const list = join(store, 'migrate.ts');
  const before = readFileSync(list, 'utf8');
  if (new RegExp(`\\bas ${variable} from`).test(before)) throw new Error(`There is a migration ${name} already.`);
  const after = before
    .replace(
      /((?:import \* as \w+ from '\.\/migrations\/[^']+';\n)+)/,
      `$1import * as ${variable} from './migrations/${id}';\n`,
    )
    .replace(/(const MIGRATIONS: Record<string, Migration> = \{\n(?: {2}.*\n)*)\}/, `$1  '${id}': ${variable},\n}`);
  if (!after.includes(`from './migrations/${id}'`) || !after.includes(`'${id}': ${variable},`)) {
    throw new Error(`${list} does not list the migrations as it did: enter ${id} by hand.`);
  }
  writeFileSync(file, TEMPLATE);
  writeFileSync(list, after);
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const file = beginMigration(join(ROOT, 'src', 'store'), process.argv[2]);
    console.log(
      [
        `Begun: ${file}, entered into src/store/migrate.ts.`,
        'What is left to do:',
        '  1. Say in the file what changes, in SQL. A migration that has landed is never changed again.',
        '  2. npm run db:types   writes the types of the new schema (src/store/schema).',
        '  3. Use the new columns in a repository of src/store; personal data goes into `…_enc` columns.',
        '  4. npm test -- test/store   checks that types and schema agree.',
      ].join('\n'),
    );
  } catch (error) {
    exitWith(error);
  }
}
