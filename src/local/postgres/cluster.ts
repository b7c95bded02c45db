import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, isPortFree } from '../ports';
import type { Announce } from '../processes/endable';
import type { Account } from './account';
import type { Installation } from './installation';

const run = promisify(execFile);

/** Neither locale nor time zone of the machine may change what the database answers. */
export const SERVER_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

/** Asked to end, initdb takes its own children along and removes what it made. */
const INITDB_GRACE_MS = 2_000;

/** The superuser of an embedded cluster. */
export const SUPERUSER = 'postgres';

/** What has to be remembered about a cluster between starts: made once, readable by its owner alone. */
export interface ClusterFacts {
  readonly password: string;
  readonly port: number;
}

/**
 * Reads what was remembered about a cluster, or makes it up for a new one. The port is kept from start to start as
 * long as nobody else takes it, so that a database tool's settings stay good.
 */
export async function readClusterFacts(file: string, host: string): Promise<ClusterFacts> {
  const known = await readKnown(file);
  if (known !== undefined && (await isPortFree(known.port, host))) return known;
  const facts = { password: known?.password ?? randomBytes(24).toString('base64url'), port: await freePort(host) };
  await writeFile(file, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
  return facts;
}

async function readKnown(file: string): Promise<ClusterFacts | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ClusterFacts;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read: run \`npm run reset\` to begin anew.`, { cause: error });
  }
}

/**
 * Makes the cluster when there is none yet. It is made beside its place and moved there when it is whole: a start that
 * is killed half-way leaves nothing that the next one would take for a cluster.
 */
export async function createClusterWhenAbsent(
  installation: Installation,
  dataFolder: string,
  password: string,
  account: Account | undefined,
  announce: Announce,
): Promise<void> {
  if (await hasCluster(dataFolder)) return;
  const draft = `${dataFolder}.new`;
  const scratch = await mkdtemp(join(tmpdir(), 'initdb-'));
  const passwordFile = join(scratch, 'password');
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account !== undefined) {
      await Promise.all([draft, scratch, passwordFile].map((path) => chown(path, account.uid, account.gid)));
    }
    const making = run(
      installation.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-sync',
      ],
      { env: SERVER_ENVIRONMENT, ...account },
    );
    const { pid } = making.child;
    if (pid !== undefined)
      announce({ name: 'initdb', pid, marker: draft, signal: 'SIGTERM', graceMs: INITDB_GRACE_MS });
    await making;
    await rm(dataFolder, { recursive: true, force: true });
    await rename(draft, dataFolder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function hasCluster(dataFolder: string): Promise<boolean> {
  return stat(join(dataFolder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}
