import { createHash } from 'node:crypto';
import { readFile, readdir, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../processes/command.mjs';

/** The hash of the given files and of all files below the given folders: equal hashes, equal sources. */
export async function fingerprintOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesBelow(join(ROOT, path))) {
      hash.update(`${relative(ROOT, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

/** Does the work unless the stamp file says that it was done for this fingerprint. Says whether it was done. */
export async function whenChanged(stampFile, fingerprint, work) {
  const stamp = join(ROOT, stampFile);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === fingerprint) return false;
  await work();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, fingerprint);
  return true;
}

async function filesBelow(path) {
  const entries = await readdir(path, { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return undefined;
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries === undefined) return [path];
  const below = await Promise.all(
    entries
      .filter(({ name }) => name !== 'node_modules')
      .map((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)])),
  );
  return below.flat().sort();
}
