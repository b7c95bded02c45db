import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PostgreSQL's own convention for the system account that runs the server. */
const ACCOUNT = 'postgres';

/** A system account, by its numbers. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account that has to run PostgreSQL: it refuses to run as root, so root lends it to `postgres`, which is made
 * when the system has none. Undefined for everyone else: the server then runs as the caller.
 *
 * @throws Error with one sentence when root cannot make the account.
 */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  try {
    return await lookUp();
  } catch {
    // No such account yet.
  }
  try {
    await run('groupadd', ['--force', '--system', ACCOUNT]);
    await run('useradd', ['--system', '--gid', ACCOUNT, '--no-create-home', ACCOUNT]);
    return await lookUp();
  } catch (error) {
    throw new Error(
      `PostgreSQL does not run as root and the account "${ACCOUNT}" could not be made: start as another user, ` +
        'make that account, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

async function lookUp(): Promise<Account> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => (await run('id', [flag, ACCOUNT])).stdout));
  return { uid: Number(uid), gid: Number(gid) };
}

/** Whether the account may pass through every folder above the path, and so can get at what lies there. */
export async function canReach(path: string, account: Account): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const executeBit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & executeBit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
