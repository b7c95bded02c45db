/** Bundles the compiled workflow code into dist/workflow-bundle.js, which the worker loads and is versioned by. */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT, exitWith } from '../processes/command.mjs';

const require = createRequire(import.meta.url);

try {
  const { bundleWorkflows } = require('../../dist/src/temporal/workflow-bundle.js');
  const { code } = await bundleWorkflows({
    workflowsPath: join(ROOT, 'dist/workflows/index.js'),
    interceptorModules: [join(ROOT, 'dist/workflows/interceptors.js')],
  });
  await writeFile(join(ROOT, 'dist/workflow-bundle.js'), code);
} catch (error) {
  exitWith(error);
}
