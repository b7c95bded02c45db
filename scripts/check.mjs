/** `npm run check`: types and import rules, lint, format. Says all that is wrong, not only the first. */
import { pathToFileURL } from 'node:url';
import { runNode } from './processes/command.mjs';
import { step } from './processes/progress.mjs';

/** The compiler is the fence between the rooms: an import that is not allowed is a type error. */
const CHECKS = [
  ['Types and import rules', 'node_modules/typescript/bin/tsc', ['-b']],
  ['Lint', 'node_modules/oxlint/bin/oxlint', ['--quiet']],
  ['Format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '--cache', '.']],
];

/** Runs every check, one after the other, and gives the names of those that failed. */
export async function check() {
  const failed = [];
  for (const [what, script, args] of CHECKS) {
    try {
      await step(what, () => runNode(script, args, { quiet: true }));
    } catch (error) {
      console.error(error.message);
      failed.push(what);
    }
  }
  return failed;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const failed = await check();
  if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
  process.exit(failed.length === 0 ? 0 : 1);
}
