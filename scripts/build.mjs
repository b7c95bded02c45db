/**
 * Builds what is not built yet: TypeScript (`tsc -b`), the pages (Vite) and the bundle of workflow code that the worker
 * loads. `npm run build` does all of it.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, exitWith, runNode } from './command.mjs';
import { fingerprintOf, whenChanged } from './fingerprint.mjs';
import { step } from './progress.mjs';

const require = createRequire(import.meta.url);

/** The pages, each with the folders its sources are in. */
const PAGES = [
  { name: 'desk', config: 'src/desk/vite.config.ts', sources: ['src/desk', 'src/api/contract', 'src/domain'] },
  {
    name: 'phones',
    config: 'src/simulators/messenger/phones/vite.config.ts',
    sources: ['src/simulators/messenger/phones'],
  },
];

/** The bundle of workflow code; `dist/workflow-bundle.js` is what the worker takes as its `workflowBundle`. */
const BUNDLE = 'dist/workflow-bundle.js';

/**
 * What else goes into the bundle, when the module is there: `bundleOptions` may name interceptor modules, converter
 * paths and whatever else `bundleWorkflowCode` takes.
 */
const BUNDLE_OPTIONS = 'dist/src/temporal/bundle-options.js';

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
  const fingerprint = await fingerprintOf(['dist/workflows', 'dist/src/domain', BUNDLE_OPTIONS, 'package-lock.json']);
  return whenChanged('dist/.stamps/workflow-bundle', fingerprint, () =>
    step('Bundle the workflows', async () => {
      const { DefaultLogger, bundleWorkflowCode } = require('@temporalio/worker');
      const { code } = await bundleWorkflowCode({
        workflowsPath: join(ROOT, 'dist/workflows/index.js'),
        logger: new DefaultLogger('WARN'),
        ...bundleOptions(),
      });
      await mkdir(dirname(join(ROOT, BUNDLE)), { recursive: true });
      await writeFile(join(ROOT, BUNDLE), code);
    }),
  );
}

function bundleOptions() {
  const module = join(ROOT, BUNDLE_OPTIONS);
  return existsSync(module) ? require(module).bundleOptions : {};
}

/** What follows once TypeScript is compiled: pages and bundle, side by side. */
export async function buildAssets() {
  await Promise.all([buildPages(), bundleWorkflows()]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  compile().then(buildAssets).catch(exitWith);
}
