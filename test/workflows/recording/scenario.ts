import type { World } from '../../world/world';

/** Lets something happen in a world, and gives the run that it led to. */
export type Scenario = (world: World) => Promise<Run>;

/** A run of a workflow; without `runId` its latest. */
export interface Run {
  readonly workflowId: string;
  readonly runId?: string;
}

/** Waits until a workflow has ended. */
export async function finished(world: World, workflowId: string): Promise<Run> {
  await world.client.workflow.getHandle(workflowId).result();
  return { workflowId };
}
