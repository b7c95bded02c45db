/**
 * Builds what is not built yet: TypeScript (`tsc -b`), the pages (Vite) and the bundle of workflow code that the worker
 * loads. `npm run build` does all of it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, exitWith, runNode } from './processes/command.mjs';
import { fingerprintOf, whenChanged } from './build-steps/fingerprint.mjs';
import { step } from './processes/progress.mjs';

/** The pages, each with the folders its sources are in. */
const PAGES = [
  { name: 'desk', config: 'src/desk/vite.config.ts', sources: ['src/desk', 'src/api/contract', 'src/domain'] },
  {
    name: 'phones',
    config: 'src/simulators/messenger/phones/vite.config.ts',
    sources: ['src/simulators/messenger/phones'],
  },
];

/** What the bundle of workflow code is made of; `scripts/build-steps/bundle-workflows.mjs` says how. */
const BUNDLED = [
  'dist/workflows',
  'dist/src/domain',
  'dist/src/temporal/payloads/failure-converter.js',
  'package-lock.json',
];

/** Compiles a project and everything it refers to; what is up to date costs a third of a second. */
export function compile(project = '.') {
  return step('Compile TypeScript', () => runNode('node_modules/typescript/bin/tsc', ['-b', project], { quiet: true }));
}

/** Builds the pages whose sources changed. */
export async function buildPages() {
  for (const { name, config, sources } of PAGES) {
    if (!existsSync(join(ROOT, config))) continue;
    const fingerprint = await fingerprintOf([...sources, 'package-lock.json']);
    await whenChanged(`dist/.stamps/page-${name}`, fingerprint, () =>
      step(`Build the page "${name}"`, () =>
        runNode('node_modules/vite/bin/vite.js', ['build', '--config', config, '--logLevel', 'warn'], { quiet: true }),
      ),
    );
  }
}

/** Bundles the compiled workflow code when it changed. Says whether it did. */
export async function bundleWorkflows() {
  return whenChanged('dist/.stamps/workflow-bundle', await fingerprintOf(BUNDLED), () =>
    step('Bundle the workflows', () => runNode('scripts/build-steps/bundle-workflows.mjs', [], { quiet: true })),
  );
}

/** What follows once TypeScript is compiled: pages and bundle, side by side. */
export async function buildAssets() {
  await Promise.all([buildPages(), bundleWorkflows()]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  compile().then(buildAssets).catch(exitWith);
}
