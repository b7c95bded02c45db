/**
 * Adds up what the tiers left in dist/test-results and prints "N passed, N failed" as the last line. A suite that
 * could not run counts as one failure. Fails when anything failed or when no test ran.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './command.mjs';

const FOLDER = join(ROOT, 'dist/test-results');

/** Failures outside of Jest that the caller counted, such as a lint error. */
const outside = Number(process.argv[2] ?? 0);

const results = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
const sum = (count) => results.map(count).reduce((total, one) => total + one, 0);
const passed = sum((result) => result.numPassedTests);
const failed = outside + sum((result) => result.numFailedTests + result.numRuntimeErrorTestSuites);
const skipped = sum((result) => result.numPendingTests);

if (skipped > 0) console.log(`SKIPPED: ${skipped} tests, see above for what they need`);
if (passed === 0) console.log('No test ran.');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
