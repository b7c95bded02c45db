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
export class Workers {
  private constructor(
    private readonly workers: Worker[],
    private readonly running: Promise<unknown>,
  ) {}

  static async start(place: Workplace): Promise<Workers> {
    const { code } = await workflowBundle();
    const { connection, activities, keys } = place;
    const dataConverter = createDataConverter(keys, 'default');
    const workers = await Promise.all(
      place.taskQueues.map((taskQueue) =>
        Worker.create({
          connection,
          taskQueue,
          activities,
          workflowBundle: { code },
          dataConverter,
        }),
      ),
    );
    return new Workers(workers, Promise.all(workers.map((worker) => worker.run())));
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) worker.shutdown();
    await this.running;
  }
}
