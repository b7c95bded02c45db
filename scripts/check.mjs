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

/** Runs every check, side by side, and gives the names of those that failed, after what they had to say. */
export async function check() {
  const results = await Promise.allSettled(
    CHECKS.map(([what, script, args]) => step(what, () => runNode(script, args, { quiet: true }))),
  );
  for (const { reason } of results) if (reason !== undefined) console.error(`\n${reason.message}`);
  return CHECKS.map(([what]) => what).filter((_, index) => results[index].status === 'rejected');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const failed = await check();
  if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
  process.exit(failed.length === 0 ? 0 : 1);
}
