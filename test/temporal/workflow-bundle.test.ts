import { resolve } from 'node:path';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle';

const WORKFLOWS = resolve(__dirname, 'workflows/empty.ts');
const INTERCEPTORS = resolve(__dirname, '../../workflows/interceptors.ts');
const ROOT = resolve(__dirname, '../..');

const bundle = (interceptorModules: string[]) => bundleWorkflows({ workflowsPath: WORKFLOWS, interceptorModules });

describe('the bundle of workflows', () => {
  test('carries traces without any code of a tracing library, so that it grows by less than a twentieth', async () => {
    const without = await bundle([]);
    const withTraces = await bundle([INTERCEPTORS]);
    expect(withTraces.code.length).toBeLessThan(without.code.length * 1.05);
    expect(withTraces.code).not.toContain('node_modules/@opentelemetry');
  });

  test('is the same version every time, and names no place on this machine that would make it another one elsewhere', async () => {
    const first = await bundle([INTERCEPTORS]);
    const second = await bundle([INTERCEPTORS]);
    expect(second.version).toEqual(first.version);
    expect(first.code).not.toContain(ROOT);
  });
});
