import fs from 'node:fs';
import path from 'node:path';

/** Recorded traffic and vectors that lie beside the repository, not in it. */
const FOLDER = path.resolve(__dirname, '../../../../shared/reference/messenger');

/** Describes a suite over the reference data; where the data is absent, one loudly skipped test says so. */
export const describeWithReference = fs.existsSync(FOLDER)
  ? describe
  : (name: string, _suite: () => void): void =>
      describe(name, () => {
        // eslint-disable-next-line jest/no-disabled-tests
        test.skip(`SKIPPED: no reference data at ${FOLDER}`, () => undefined);
      });

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
