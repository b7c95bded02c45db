/**
 * Adds up what the tiers left in dist/test-results and prints "N passed, N failed" as the last line. A suite that
 * could not run counts as one failure. Fails when anything failed or when no test ran.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../processes/command.mjs';

const FOLDER = join(ROOT, 'dist/test-results');

/** How many commands reported a failure: none of them may get lost, even one that left no results. */
const brokenCommands = Number(process.argv[2] ?? 0);

const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
const results = files.map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
const sum = (count) => results.map(count).reduce((total, one) => total + one, 0);

const passed = sum((result) => result.numPassedTests);
const failed = Math.max(
  brokenCommands,
  sum((result) => result.numFailedTests + result.numRuntimeErrorTestSuites),
);
const skipped = sum((result) => result.numPendingTests);

if (skipped > 0) console.log(`SKIPPED: ${skipped} tests; what they need is said above.`);
if (passed === 0) console.log('No test ran.');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
