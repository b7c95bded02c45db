import type { ActivityInterface } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { KeyRing } from '../../../src/keys';
import { createDataConverter } from '../../../src/temporal/payloads/data-converter';
import { workflowBundle } from './bundle';

/** What workers of a world need. */
export interface Workplace {
  connection: NativeConnection;
  taskQueues: string[];
  activities: ActivityInterface;
  keys: KeyRing;
}

/** One worker for each queue. */
export async function startWorkers(place: Workplace): Promise<{ stop(): Promise<void> }> {
  const { code } = await workflowBundle();
  const { connection, taskQueues, activities, keys } = place;
  const options = {
    connection,
    activities,
    workflowBundle: { code },
    dataConverter: createDataConverter(keys, 'default'),
  };
  const workers = await Promise.all(taskQueues.map((taskQueue) => Worker.create({ ...options, taskQueue })));
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running;
    },
  };
}
