import { createHash } from 'node:crypto';
import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleWorkflows } from '../../../src/temporal/workflow-bundle';
import { versionOf } from '../../../src/temporal/worker-versioning';

const ROOT = resolve(__dirname, '..', '..', '..');

/** What the bundle is made of, besides libraries of these versions. */
const SOURCES = ['workflows', 'src/domain', 'src/temporal'];
const LIBRARIES = 'package-lock.json';

/**
 * The workflows' bundle. Making one takes seconds and is needed by every file of tests, so the latest is kept beside
 * other temporary files, under a hash of all that it is made of.
 */
export async function workflowBundle(): ReturnType<typeof bundleWorkflows> {
  const kept = join(tmpdir(), `paypal-in-messenger-bundle-${await hashOfSources()}.js`);
  const known = await readFile(kept, 'utf8').catch(() => undefined);
  if (known !== undefined) return { code: known, version: versionOf(known) };
  const made = await bundleWorkflows({
    workflowsPath: resolve(ROOT, 'workflows/index.ts'),
    interceptorModules: [resolve(ROOT, 'workflows/interceptors.ts')],
  });
  await writeFile(`${kept}.${process.pid}`, made.code);
  await rename(`${kept}.${process.pid}`, kept);
  return made;
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.toSorted()) hash.update(file).update(await readFile(file));
  }
  return hash
    .update(await readFile(join(ROOT, LIBRARIES)))
    .digest('hex')
    .slice(0, 20);
}
