/**
 * `npm run replay -- WORKFLOW_ID [RUN_ID]`: fetches a history from the running server and says whether it still fits the
 * code as it is now. Exit code 1 when it does not.
 */
import { createRequire } from 'node:module';
import { buildAssets, compile } from '../build.mjs';
import { ROOT, exitWith } from '../processes/command.mjs';

const require = createRequire(import.meta.url);

try {
  const [workflowId, runId] = process.argv.slice(2);
  if (workflowId === undefined) throw new Error('Say which run: npm run replay -- WORKFLOW_ID [RUN_ID]');
  await compile('src/entry');
  await buildAssets();
  const { DefaultLogger, Runtime } = require('@temporalio/worker');
  // The SDK's own log would say the same as we do, in many more words.
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } });
  const { replay } = require('../../dist/src/entry/cli/replay.js');
  process.exitCode = (await replay({ workflowId, runId, say: console.log, projectRoot: ROOT })) ? 0 : 1;
} catch (error) {
  exitWith(error);
}
