import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { eventually } from '../../world/waiting';

const ROOT = resolve(__dirname, '..', '..', '..');
const FOLDER = join(ROOT, 'test', 'histories');

/** A run of a released version, as the server had written it down: encrypted, and to be replayed by every later one. */
export interface KeptHistory {
  /** Version and scenario, such as `0.1.0/payment/paid`. */
  readonly name: string;
  readonly workflowId: string;
  /** In the format of `temporal workflow show --output json`. */
  readonly history: unknown;
}

/** Every history that was ever kept. */
export async function keptHistories(): Promise<KeptHistory[]> {
  const files = (await readdir(FOLDER, { recursive: true })).filter((file) => file.endsWith('.json')).toSorted();
  return Promise.all(
    files.map(async (file) => {
      const history = JSON.parse(await readFile(join(FOLDER, file), 'utf8')) as StartedHistory;
      const workflowId = history.events[0]?.workflowExecutionStartedEventAttributes?.workflowId;
      if (workflowId === undefined) throw new Error(`${file} does not say whose history it is`);
      return { name: file.replace(/\.json$/, ''), workflowId, history };
    }),
  );
}

/** Keeps a run as `<workflow>/<how it went>`, for the version that is in package.json now. Nothing in it is decoded. */
export async function keepHistory(
  client: Client,
  name: string,
  run: { workflowId: string; runId?: string },
): Promise<void> {
  const handle = client.workflow.getHandle(run.workflowId, run.runId);
  // In the middle of a task there is nothing to compare the end of the history with.
  await eventually('the run is at rest', async () => !(await handle.describe()).raw.pendingWorkflowTask);
  const history = await handle.fetchHistory();
  const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  // The server that skips time leaves it out, and nothing else in a history says whose it is.
  if (started) started.workflowId ||= run.workflowId;
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  // Indented by the SDK; without the blanks a file has half the size.
  const compact = JSON.stringify(JSON.parse(historyToJSON(history)));
  // `pid@host` names the machine of whoever records, which is nobody's business.
  const nameless = compact.replaceAll(/"\d+@[\w.]+/g, '"1@recorder');
  const file = join(FOLDER, version, `${name}.json`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${nameless}\n`);
}

interface StartedHistory {
  readonly events: readonly { workflowExecutionStartedEventAttributes?: { workflowId?: string } }[];
}
