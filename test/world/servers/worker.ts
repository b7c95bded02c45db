import type { ActivityInterface } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { KeyRing } from '../../../src/keys';
import { createDataConverter } from '../../../src/temporal/payloads/data-converter';
import { workflowBundle } from './bundle';

/** What the worker of a world needs. */
export interface Workplace {
  connection: NativeConnection;
  taskQueue: string;
  activities: ActivityInterface;
  keys: KeyRing;
}

/** The worker of a world, for all of its queues. */
export async function startWorker(place: Workplace): Promise<{ stop(): Promise<void> }> {
  const { code } = await workflowBundle();
  const { connection, taskQueue, activities, keys } = place;
  const dataConverter = createDataConverter(keys, 'default');
  const worker = await Worker.create({ connection, taskQueue, activities, workflowBundle: { code }, dataConverter });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
    },
  };
}
