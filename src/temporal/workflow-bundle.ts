import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { FAILURE_CONVERTER_PATH } from './payloads/data-converter';
import { versionOf } from './worker-versioning';

/** The workflows as a worker runs them. */
export interface WorkflowBundle {
  readonly code: string;
  readonly version: WorkerDeploymentVersion;
}

/** Where the workflows' code lies: absolute paths of the module that exports them, and of their interceptors. */
export interface WorkflowSources {
  readonly workflowsPath: string;
  readonly interceptorModules: string[];
}

/** Bundles the workflows for their sandbox, once per process; takes one to four seconds. */
export async function bundleWorkflows({ workflowsPath, interceptorModules }: WorkflowSources): Promise<WorkflowBundle> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: interceptorModules,
    failureConverterPath: FAILURE_CONVERTER_PATH,
    // Below a warning the bundler only lists modules and sizes.
    logger: new DefaultLogger('WARN'),
  });
  return { code, version: versionOf(code) };
}
