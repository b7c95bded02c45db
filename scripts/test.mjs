/**
 * `npm test`: types, lint, format, import rules, then every test of the fast tier. `npm test -- FILE` runs that file
 * only, of whichever tier it is. Results are left in dist/test-results for `.ci/run` to add up.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { buildAssets, compile } from './build.mjs';
import { check } from './check.mjs';
import { exitWith, runNode } from './processes/command.mjs';

const files = process.argv.slice(2);

try {
  await mkdir('dist/test-results', { recursive: true });
  if (files.length > 0) {
    await compile();
    await buildAssets();
    await jest(files.some((file) => file.includes('.slow.test')) ? 'slow' : 'fast', files);
  } else {
    const failed = await check();
    await writeFile(
      'dist/test-results/checks.json',
      JSON.stringify({
        numPassedTests: 0,
        numFailedTests: failed.length,
        numRuntimeErrorTestSuites: 0,
        numPendingTests: 0,
      }),
    );
    await buildAssets();
    await jest('fast', ['--json', '--outputFile=dist/test-results/fast.json']);
    if (failed.length > 0) throw new Error(`Failed before the tests: ${failed.join(', ')}`);
  }
} catch (error) {
  exitWith(error);
}

function jest(tier, args) {
  return runNode('node_modules/jest/bin/jest.js', args, { environment: { JEST_TIER: tier } });
}
