import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const VITE = path.resolve('node_modules/vite/bin/vite.js');
const CONFIG = path.resolve('src/simulators/messenger/phones/vite.config.ts');

/** Builds the phones page into a folder of its own and returns the folder. */
export async function buildPhones(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'phones-'));
  await promisify(execFile)(process.execPath, [VITE, 'build', '--config', CONFIG, '--outDir', folder, '--emptyOutDir']);
  return folder;
}
