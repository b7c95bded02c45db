import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PinnedBinary } from './pinned';

const EXECUTABLE = 0o755;

/**
 * The folder of fetched programs: one per user and not per clone, so that a fresh clone starts at once.
 *
 * @param cacheHome the user's `XDG_CACHE_HOME`, where set (freedesktop.org, XDG Base Directory Specification).
 */
export function cacheFolder(cacheHome: string | undefined): string {
  return join(
    cacheHome !== undefined && cacheHome !== '' ? cacheHome : join(homedir(), '.cache'),
    'paypal-in-messenger',
  );
}

/** Where the fetched copy of a binary lies in the cache folder. */
export function cachedPath(folder: string, binary: PinnedBinary): string {
  return join(folder, `${binary.command}-${binary.version}`);
}

/**
 * Gives the path of the cached binary if it is there and whole: its checksum is the one written down when it was put
 * there, so a copy that was cut short or changed since is fetched anew.
 */
export async function readCache(folder: string, binary: PinnedBinary): Promise<string | undefined> {
  const path = cachedPath(folder, binary);
  try {
    const expected = await readFile(`${path}.sha256`, 'utf8');
    return (await sha256OfFile(path)) === expected.trim() ? path : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Puts a binary into the cache and gives its path. Two starts at the same time do not disturb each other: a file
 * appears under its final name only when it is complete.
 */
export async function writeCache(folder: string, binary: PinnedBinary, content: Buffer): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = cachedPath(folder, binary);
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, content);
  await chmod(draft, EXECUTABLE);
  await rename(draft, path);
  await writeFile(`${path}.sha256`, `${createHash('sha256').update(content).digest('hex')}\n`);
  return path;
}

/** The SHA-256 of a file, in hexadecimal. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
