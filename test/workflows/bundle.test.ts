import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle';

const ROOT = resolve(__dirname, '..', '..');

/** Every workflow needs the SDK, so an empty one that has it is the yardstick. */
const EMPTY_WORKFLOW = "require('@temporalio/workflow');\nexports.nothing = async () => {};\n";

describe('the workflow bundle', () => {
  let code: string;
  let empty: string;
  beforeAll(async () => {
    await mkdir(join(ROOT, 'dist'), { recursive: true });
    const folder = await mkdtemp(join(ROOT, 'dist', 'empty-'));
    try {
      await writeFile(join(folder, 'index.js'), EMPTY_WORKFLOW);
      const interceptorModules = [join(ROOT, 'workflows/interceptors.ts')];
      code = (await bundleWorkflows({ workflowsPath: join(ROOT, 'workflows/index.ts'), interceptorModules })).code;
      empty = (await bundleWorkflows({ workflowsPath: join(folder, 'index.js'), interceptorModules: [] })).code;
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('holds our workflows and what they are made of, and no validation library, logger or database', () => {
    const modules = [...sizesOf(code).keys()];
    expect(modules.some((path) => path.includes('workflows/conversation.ts'))).toBe(true);
    expect(modules.filter((path) => /node_modules\/(zod|pino|pg|kysely|express|@opentelemetry)\//.test(path))).toEqual(
      [],
    );
  });

  test('holds nothing of the activities, the store or the providers', () => {
    expect(
      [...sizesOf(code).keys()].filter((path) => /\/(activities|src\/(store|channels|wallets|texts|api))\//.test(path)),
    ).toEqual([]);
  });

  test('requires no built-in of Node', () => {
    expect(code).not.toMatch(/require\(["']node:/);
  });

  test('is no larger than that of an empty workflow and 5 %, besides our own code', () => {
    expect(sizeOfLibraries(code)).toBeLessThanOrEqual(sizeOfLibraries(empty) * 1.05);
  });
});

/** Characters of code by module. The map behind the code repeats every source as text, and no workflow pays for it. */
function sizesOf(bundle: string): Map<string, number> {
  const withoutMap = bundle.slice(0, bundle.lastIndexOf('//# sourceMappingURL='));
  const [, ...modules] = withoutMap.split(MODULE_MARK);
  return new Map(modules.map((module) => [module.slice(0, module.indexOf('"')), module.length]));
}

/** The bundler writes this before each module's path. */
const MODULE_MARK = '/***/ "';

function sizeOfLibraries(bundle: string): number {
  return [...sizesOf(bundle)].reduce((sum, [path, size]) => (path.includes('node_modules/') ? sum + size : sum), 0);
}
