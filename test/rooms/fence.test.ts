import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '..', '..');
const run = promisify(execFile);

/** Builds a copy of the source with one more file in a room; gives what the compiler says. */
async function buildWith(file: string, source: string, room: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'rooms-'));
  try {
    for (const part of ['tsconfig.base.json', 'package.json', 'src', 'workflows', 'activities']) {
      await cp(join(ROOT, part), join(copy, part), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    await writeFile(join(copy, file), source);
    const { stdout } = await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', room], {
      cwd: copy,
    }).catch((failure: { stdout: string }) => failure);
    return stdout;
  } finally {
    await rm(copy, { recursive: true });
  }
}

describe('the rooms', () => {
  test('build as they are', async () => {
    expect(await buildWith('src/domain/allowed.ts', "export * from './outcomes';\n", 'src/domain')).toBe('');
  });

  test.each([
    ['the domain', 'src/domain/forbidden.ts', '../store'],
    ['a workflow', 'workflows/forbidden.ts', '../src/store'],
    ['a message contract', 'workflows/messages/forbidden.ts', '../../activities'],
    ['the API', 'src/api/forbidden.ts', '../../activities'],
    ['a channel', 'src/channels/forbidden.ts', '../store'],
    ['a simulator', 'src/simulators/forbidden.ts', '../domain/outcomes'],
    ['the desk', 'src/desk/forbidden.ts', '../store'],
  ])('%s that imports %s from where it may not fails the build', async (_room, file, from) => {
    const room = file.slice(0, file.lastIndexOf('/'));
    const said = await buildWith(file, `export * from '${from}';\n`, room);
    expect(said).toMatch(/error TS(6307|6059|2307)/);
  });

  test('workflows and domain know nothing of Node', async () => {
    const said = await buildWith(
      'workflows/forbidden.ts',
      "import { readFileSync } from 'node:fs';\nexport const file = readFileSync;\n",
      'workflows',
    );
    expect(said).toMatch(/error TS2307|error TS2591/);
  });
});
