import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TASK_QUEUES } from '../../workflows/messages/task-queues';
import { loadConfig, loadSettings } from '../config';
import { parseKeyRing } from '../keys';
import { adoptRuns } from '../local/start/adopt-runs';
import { startEverything } from '../local/start/start-everything';
import type { RunningEverything, StartOptions } from '../local/start/start-everything';
import { connectClient, readTarget } from '../temporal/connection';
import { SEARCH_ATTRIBUTE_FLAGS } from '../temporal/search-attributes';
import { makeCurrent, versionOf } from '../temporal/worker-versioning';

const PROJECT_ROOT = resolve(__dirname, '..', '..', '..');

/** The parts, in the order of their start. */
const PARTS = ['codec-server', 'simulators', 'worker', 'api'].map((name) => ({
  name,
  script: `dist/src/entry/${name}.js`,
}));

/**
 * `npm start`: everything on one machine. The script that compiled this module tells how progress is shown and what
 * else is still being built.
 *
 * @throws Error with sentences for the person at the terminal.
 */
export async function start(
  options: Pick<StartOptions, 'baseEnvironment' | 'assets' | 'step' | 'report'>,
): Promise<RunningEverything> {
  const settings = loadSettings(options.baseEnvironment);
  return startEverything({
    ...options,
    projectRoot: PROJECT_ROOT,
    settings,
    parts: PARTS,
    searchAttributes: SEARCH_ATTRIBUTE_FLAGS,
    afterParts: async (environment) => {
      // With a server of one's own, which version is current is a deploy step.
      if (settings.TEMPORAL_ADDRESS === undefined) await makeBuiltVersionCurrent(environment);
    },
  });
}

/** Has all runs go on with the code that was just built: the worker that polls is of no other version. */
async function makeBuiltVersionCurrent(environment: NodeJS.ProcessEnv): Promise<void> {
  const code = await readFile(join(PROJECT_ROOT, 'dist', 'workflow-bundle.js'), 'utf8');
  const client = await connectClient(readTarget(environment), parseKeyRing(loadConfig(environment).DATA_KEYS));
  try {
    await makeCurrent(client, versionOf(code), Object.values(TASK_QUEUES));
    await adoptRuns(client, versionOf(code));
  } finally {
    await client.connection.close();
  }
}
