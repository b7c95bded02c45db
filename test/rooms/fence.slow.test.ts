import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '..', '..');
const run = promisify(execFile);

/** One import that each room must not make. */
const FORBIDDEN = [
  ['the domain', 'src/domain', '../store'],
  ['a message contract', 'workflows/messages', '../../activities'],
  ['the API', 'src/api', '../../activities'],
  ['a channel', 'src/channels', '../store'],
  ['a simulator', 'src/simulators', '../domain/outcomes'],
  ['the desk', 'src/desk', '../store'],
] as const;

/**
 * Imports that a workflow must not make. The compiler lets through whatever the types of activities stand on, so the
 * linter is the fence here.
 */
const FORBIDDEN_TO_WORKFLOWS = [
  "import { createStore } from '../src/store';\nexport { createStore };\n",
  "import { createActivities } from '../activities';\nexport { createActivities };\n",
  "import { readFileSync } from 'node:fs';\nexport { readFileSync };\n",
];

/** The first build of a room builds all that it stands on. */
const BUILD_TIMEOUT_MS = 120_000;

describe('the rooms', () => {
  let copy: string;
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'rooms-'));
    for (const part of ['tsconfig.base.json', 'package.json', '.oxlintrc.json', 'src', 'workflows', 'activities']) {
      await cp(join(ROOT, part), join(copy, part), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rm(copy, { recursive: true }));

  /** Builds a room with one more file that imports from there; gives what the compiler says. */
  async function buildWith(room: string, from: string): Promise<string> {
    const file = join(copy, room, 'forbidden.ts');
    await writeFile(file, `import * as forbidden from '${from}';\nexport { forbidden };\n`);
    try {
      const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
      const built = await run(process.execPath, [compiler, '-b', room], { cwd: copy }).catch(
        (failure: { stdout: string }) => failure,
      );
      return built.stdout;
    } finally {
      await rm(file);
    }
  }

  test.each(FORBIDDEN)(
    '%s (%s) that imports %s fails the build',
    async (_words, room, from) => {
      const said = await buildWith(room, from);
      expect(said).toMatch(/error TS6307/);
      expect(said).toContain(`${room}/forbidden.ts`);
    },
    BUILD_TIMEOUT_MS,
  );

  test('the domain knows nothing of Node', async () => {
    expect(await buildWith('src/domain', 'node:fs')).toMatch(/forbidden\.ts.* error TS(2307|2591)/);
  });

  test.each(FORBIDDEN_TO_WORKFLOWS)('a workflow with %j fails the lint', async (source) => {
    await writeFile(join(copy, 'workflows/forbidden.ts'), source);
    const linter = join(ROOT, 'node_modules/oxlint/bin/oxlint');
    const linted = await run(process.execPath, [linter, '--quiet', '-f', 'unix', 'workflows'], { cwd: copy }).catch(
      (failure: { stdout: string }) => failure,
    );
    expect(linted.stdout).toMatch(/forbidden\.ts.*no-restricted-imports/);
  });
});
