import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TIME_SKIPPING_SERVER } from './pinned';
import type { PinnedBinary } from './pinned';

const run = promisify(execFile);

/** Long enough for a slow line; without a network the SDK gives up by itself within a second. */
const DOWNLOAD_TIMEOUT_MS = 300_000;

/** Has the SDK start its server once, for the sake of the download, and end it. */
const SCRIPT = `
const [, method, downloadDir] = process.argv;
require('@temporalio/testing')
  .TestWorkflowEnvironment[method]({ server: { executable: { type: 'cached-download', downloadDir } } })
  .then((environment) => environment.teardown())
  .then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1); });
`;

/**
 * Lets the Temporal SDK download a binary as it does for its own tests, and gives the bytes. It runs in a process of
 * its own, so that the SDK's native runtime is not loaded into ours.
 *
 * @throws Error when the SDK cannot download.
 */
export async function downloadBySdk(binary: PinnedBinary): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'temporal-sdk-'));
  try {
    const method = binary === TIME_SKIPPING_SERVER ? 'createTimeSkipping' : 'createLocal';
    await run(process.execPath, ['-e', SCRIPT, method, folder], { timeout: DOWNLOAD_TIMEOUT_MS, cwd: __dirname });
    const [file] = await readdir(folder);
    if (file === undefined) throw new Error('the SDK reported success but left no file');
    return await readFile(join(folder, file));
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The SDK's message without its repetitions: the request it names, and the innermost reason. */
function reasonOf(error: unknown): string {
  const output = (error as { stderr?: string }).stderr?.trim() ?? '';
  if (output === '') return error instanceof Error ? error.message : String(error);
  const [address] = /https:\/\/[^/\s]+/.exec(output) ?? [];
  const reason = output.split(': ').at(-1) ?? output;
  return address === undefined ? reason : `${address}: ${reason}`;
}
