import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkflowNotFoundError, isGrpcServiceError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { loadSettings } from '../../config';
import type { Settings } from '../../config';
import { parseKeyRing } from '../../keys';
import type { KeyRing } from '../../keys';
import { localSecrets } from '../../local/secrets';
import { placesIn } from '../../local/start/places';
import { reachableHost } from '../../local/start/settings';
import { connectClient, readTarget } from '../../temporal/connection';
import { createDataConverter } from '../../temporal/payloads/data-converter';
import { versionOf } from '../../temporal/worker-versioning';
import { misfitOf, placeIn } from './misfit';

/** The code of gRPC. */
const NOT_FOUND = 5;

/** Which run, and where what is found is told, line by line. */
export interface ReplayOptions {
  readonly workflowId: string;
  /** Without it the latest run. */
  readonly runId?: string | undefined;
  readonly say: (line: string) => void;
  /** The folder of the project, with the bundle of its workflows. */
  readonly projectRoot: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Fetches a history and lets the workflow code as it was last built go through it again. Says in plain words whether
 * the run would go on under this code, and where not. Reads only. Gives false where it does not fit.
 *
 * @throws Error with one sentence when the server, the run or the keys are not there.
 */
export async function replay(options: ReplayOptions): Promise<boolean> {
  const { workflowId, runId, say, projectRoot, environment = process.env } = options;
  const settings = loadSettings(environment);
  const keys = await keyRing(settings, projectRoot);
  const code = await readFile(join(projectRoot, 'dist', 'workflow-bundle.js'), 'utf8');
  const client = await connect(settings, environment, keys);
  try {
    const found = await fetch(client, workflowId, runId);
    say(
      `${workflowId}: run ${found.runId}, ${found.history.events?.length ?? 0} events, ${found.status.toLowerCase()}`,
    );
    const { buildId } = versionOf(code);
    if (found.buildId !== undefined && found.buildId !== buildId)
      say(`It runs on build ${found.buildId}; the code here is build ${buildId}.`);
    const { dataConverter, lastThrown } = converterForReplay(keys, client.options.namespace);
    const replaying = { workflowBundle: { code }, dataConverter };
    for await (const { error } of Worker.runReplayHistories(replaying, [{ workflowId, history: found.history }])) {
      if (error === undefined) continue;
      for (const line of misfitOf(error, found.history, lastThrown())) say(line);
      return false;
    }
    say('It fits: under the code as it is now the run makes the same decisions, event by event.');
    return true;
  } finally {
    await client.connection.close();
  }
}

/** The server of the environment, or the one that `npm start` runs here. */
async function connect(settings: Settings, environment: NodeJS.ProcessEnv, keys: KeyRing): Promise<Client> {
  const address = settings.TEMPORAL_ADDRESS ?? `${reachableHost(settings.HOST)}:${settings.TEMPORAL_PORT}`;
  try {
    return await connectClient(readTarget({ ...environment, TEMPORAL_ADDRESS: address }), keys);
  } catch (error) {
    throw new Error(`No Temporal server answers at ${address}: is \`npm start\` running, or TEMPORAL_ADDRESS right?`, {
      cause: error,
    });
  }
}

/** The keys of the environment, or those that `npm start` has made here. */
async function keyRing(settings: Settings, projectRoot: string): Promise<KeyRing> {
  if (settings.DATA_KEYS !== undefined) return parseKeyRing(settings.DATA_KEYS);
  const { secretsFile } = placesIn(projectRoot, settings.DATA_DIR);
  if (!existsSync(secretsFile))
    throw new Error(
      `There are no keys to decrypt it: neither DATA_KEYS nor ${secretsFile}, which \`npm start\` makes.`,
    );
  return parseKeyRing((await localSecrets(secretsFile)).DATA_KEYS);
}

async function fetch(client: Client, workflowId: string, runId: string | undefined) {
  const handle = client.workflow.getHandle(workflowId, runId);
  try {
    const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
    const buildId = description.raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
    return { history, runId: description.runId, status: description.status.name, buildId };
  } catch (error) {
    // A history that is not there is told by gRPC itself.
    const isMissing = error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && error.code === NOT_FOUND);
    throw isMissing ? new Error(`There is no run ${workflowId} on this server.`) : error;
  }
}

/** Reads what is encrypted. Encrypts nothing, because a replay stores nothing, and so hears what the code throws. */
function converterForReplay(keys: KeyRing, namespace: string) {
  const { payloadCodecs = [], ...rest } = createDataConverter(keys, namespace);
  let thrown: string | undefined;
  const hear = (payload: Payload): Payload => {
    const text = Buffer.from(payload.data ?? []).toString('utf8');
    if (text.startsWith('{"message":')) thrown = placeIn(JSON.parse(text) as { stack_trace?: string }) ?? text;
    return payload;
  };
  const codecs = payloadCodecs.map((codec) => ({
    decode: (payloads: Payload[]) => codec.decode(payloads),
    encode: (payloads: Payload[]) => Promise.resolve(payloads.map(hear)),
  }));
  return { dataConverter: { ...rest, payloadCodecs: codecs }, lastThrown: () => thrown };
}
