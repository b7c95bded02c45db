import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { createDataConverter } from '../../src/temporal/payloads/data-converter';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle';
import { RECORDING_KEYS } from '../histories/key-ring';
import { workflowBundle } from '../world/servers/bundle';
import { quietRuntime } from '../world/servers/runtime';
import { keptHistories } from './recording/kept-histories';
import type { KeptHistory } from './recording/kept-histories';
import { AFTERCARE_SCENARIOS } from './recording/aftercare-scenarios';
import { CHAT_SCENARIOS, LONG_CHAT_SCENARIOS } from './recording/chat-scenarios';
import { LONG_MONEY_SCENARIOS, MONEY_SCENARIOS } from './recording/money-scenarios';

const ROOT = resolve(__dirname, '..', '..');

/** What is recorded of every version. */
const RECORDED = {
  ...MONEY_SCENARIOS,
  ...LONG_MONEY_SCENARIOS,
  ...AFTERCARE_SCENARIOS,
  ...CHAT_SCENARIOS,
  ...LONG_CHAT_SCENARIOS,
};

/** What the workflows are bundled from, besides libraries. */
const SOURCES = ['workflows', 'activities', 'src/domain'];

describe('the histories of every version', () => {
  let histories: KeptHistory[];
  const copies: string[] = [];
  beforeAll(async () => {
    quietRuntime(undefined);
    histories = await keptHistories();
  });
  afterAll(() => Promise.all(copies.map((folder) => rm(folder, { recursive: true }))));

  test('are there for every scenario that is recorded', () => {
    const names = new Set(histories.map(({ name }) => name.slice(name.indexOf('/') + 1)));
    expect(Object.keys(RECORDED).filter((name) => !names.has(name))).toEqual([]);
  });

  test('are encrypted: nothing that anybody wrote, and nobody, can be read in them', () => {
    const payloads = histories.flatMap(({ history }) => payloadsIn(history));
    const isEncrypted = ({ metadata }: Payload): boolean => fromBase64(metadata.encoding) === 'binary/encrypted';
    expect(payloads.filter(isEncrypted).length).toBeGreaterThan(histories.length);
    const readable = payloads.map(({ data = '' }) => fromBase64(data)).join('\n');
    const words = ['pizza', 'password', 'thanks', 'Dana', 'Lee', 'Cara', '@example.com'];
    expect(words.filter((word) => readable.includes(word))).toEqual([]);
  });

  test('go on under the workflows of today', async () => {
    const { code } = await workflowBundle();
    expect(await misfits(code)).toEqual({});
  });

  test('do not go on when an activity gets another name', async () => {
    const code = await bundleWith(/moneyCall\(\s*'charge'/, "moneyCall('takeTheMoney'");
    const found = await misfits(code);
    expect(Object.keys(found)).toEqual(namesOf('payment/'));
    for (const error of Object.values(found)) expect(error).toBeInstanceOf(DeterminismViolationError);
  });

  test('do not go on when a timer is put where there was none', async () => {
    const code = await bundleWith(
      /(?=const identified = await identify\()/,
      "await condition(() => false, '1 second');",
    );
    const found = await misfits(code);
    expect(Object.keys(found)).toEqual(namesOf('account-link/'));
    for (const error of Object.values(found)) expect(error).toBeInstanceOf(DeterminismViolationError);
  });

  /** Replays everything; gives what does not fit, by its name. */
  async function misfits(code: string): Promise<Record<string, Error>> {
    const found: Record<string, Error> = {};
    const options = { workflowBundle: { code }, dataConverter: createDataConverter(RECORDING_KEYS, 'default') };
    // One by one, because a result names its run and not its file.
    for (const { name, workflowId, history } of histories) {
      for await (const { error } of Worker.runReplayHistories(options, [{ workflowId, history }])) {
        if (error) found[name] = error;
      }
    }
    return found;
  }

  function namesOf(start: string): string[] {
    return histories.map(({ name }) => name).filter((name) => name.includes(`/${start}`));
  }

  /** The bundle of a copy of the workflows in which one place is different. */
  async function bundleWith(from: RegExp, to: string): Promise<string> {
    const copy = await mkdtemp(join(ROOT, 'dist', 'changed-'));
    copies.push(copy);
    for (const source of SOURCES) await cp(join(ROOT, source), join(copy, source), { recursive: true });
    const changed: string[] = [];
    for (const file of await readdir(join(copy, 'workflows'), { recursive: true })) {
      const path = join(copy, 'workflows', file);
      if (!file.endsWith('.ts') || !from.test(await readFile(path, 'utf8'))) continue;
      await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
      changed.push(file);
    }
    expect(changed).toHaveLength(1);
    const made = await bundleWorkflows({
      workflowsPath: join(copy, 'workflows/index.ts'),
      interceptorModules: [join(copy, 'workflows/interceptors.ts')],
    });
    return made.code;
  }
});

/** A value as it stands in a history. */
interface Payload {
  readonly metadata: { readonly encoding: string };
  readonly data?: string;
}

/** Every value anywhere in a history. */
function payloadsIn(part: unknown): Payload[] {
  if (typeof part !== 'object' || part === null) return [];
  return isPayload(part) ? [part] : Object.values(part).flatMap(payloadsIn);
}

function isPayload(part: object): part is Payload {
  return (
    'metadata' in part && typeof part.metadata === 'object' && part.metadata !== null && 'encoding' in part.metadata
  );
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
