import fs from 'node:fs';
import path from 'node:path';

/** Recorded traffic and vectors that lie beside the repository, not in it. */
const FOLDER = path.resolve(__dirname, '../../../../shared/reference/messenger');

/** Describes a suite over the reference data; where the data is absent, a line and a skipped test say so. */
export function describeWithReference(name: string, suite: () => void): void {
  if (fs.existsSync(FOLDER)) return describe(name, suite);
  process.stderr.write(`SKIPPED "${name}": there is no reference data at ${FOLDER}\n`);
  describe(name, () => test.skip('skipped for want of the reference data', () => undefined));
}

/** Names of the recorded files of a folder. */
export function referenceFiles(folder: string): string[] {
  const at = path.join(FOLDER, folder);
  return fs.existsSync(at) ? fs.readdirSync(at).toSorted() : [];
}

/** The bytes of a recorded file. */
export function referenceBytes(file: string): Buffer {
  return fs.readFileSync(path.join(FOLDER, file));
}

/** A recorded file, parsed. The caller knows its shape. */
export function referenceJson<T>(file: string): T {
  return JSON.parse(referenceBytes(file).toString('utf8')) as T;
}
