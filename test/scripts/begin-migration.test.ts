import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '..', '..');

describe('beginning a migration', () => {
  let store: string;
  beforeEach(async () => {
    store = await mkdtemp(join(tmpdir(), 'migrations-'));
    await cp(join(ROOT, 'src', 'store'), store, { recursive: true });
  });
  afterEach(() => rm(store, { recursive: true }));

  /** Jest cannot import the script as Node does. */
  async function begin(name: string): Promise<string> {
    const script = `import { beginMigration } from ${JSON.stringify(join(ROOT, 'scripts', 'database', 'begin-migration.mjs'))};
      try { console.log(beginMigration(${JSON.stringify(store)}, ${JSON.stringify(name)})); }
      catch (error) { console.log(error.message); }`;
    return (await run(process.execPath, ['--input-type=module', '-e', script])).stdout.trim();
  }

  test('writes the file of the next number and enters it after the others', async () => {
    const before = (await readdir(join(store, 'migrations'))).toSorted();
    const last = Number.parseInt(before.at(-1) ?? '', 10);
    const id = `${String(last + 1).padStart(4, '0')}-merchant-offers`;
    expect(await begin('merchant-offers')).toBe(join(store, 'migrations', `${id}.ts`));
    expect(await readFile(join(store, 'migrations', `${id}.ts`), 'utf8')).toContain('export async function up(');
    const list = await readFile(join(store, 'migrate.ts'), 'utf8');
    expect(list).toContain(`import * as merchantOffers from './migrations/${id}';`);
    expect(list).toMatch(new RegExp(`  '${id}': merchantOffers,\\n};`));
  });

  test('refuses a name that is taken, and one that is no name of lower-case words', async () => {
    await begin('merchant-offers');
    expect(await begin('merchant-offers')).toContain('already');
    expect(await begin('Merchant Offers')).toContain('lower-case words');
  });

  test('refuses a list that it does not understand, and writes nothing then', async () => {
    await rm(join(store, 'migrate.ts'));
    await cp(join(ROOT, 'src', 'store', 'errors.ts'), join(store, 'migrate.ts'));
    const before = await readdir(join(store, 'migrations'));
    expect(await begin('merchant-offers')).toContain('by hand');
    expect(await readdir(join(store, 'migrations'))).toEqual(before);
  });
});
