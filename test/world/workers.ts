import type { ActivityInterface, Duration } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { KeyRing } from '../../src/keys';
import { createDataConverter } from '../../src/temporal/data-converter';
import { workflowBundle } from './bundle';

/** What workers of a world need. */
export interface Workplace {
  connection: NativeConnection;
  taskQueues: string[];
  activities: ActivityInterface;
  keys: KeyRing;
  /** How long a task waits for the worker that has the run in memory, before any other may take it. */
  stickyFor?: Duration;
}

/** One worker for each queue. */
export class Workers {
  private constructor(
    private readonly place: Workplace,
    private readonly workers: Worker[],
    private readonly running: Promise<unknown>,
  ) {}

  static async start(place: Workplace): Promise<Workers> {
    const { code } = await workflowBundle();
    const { connection, activities, keys, stickyFor } = place;
    const dataConverter = createDataConverter(keys, 'default');
    const workers = await Promise.all(
      place.taskQueues.map((taskQueue) =>
        Worker.create({
          connection,
          taskQueue,
          activities,
          workflowBundle: { code },
          dataConverter,
          ...(stickyFor === undefined ? {} : { stickyQueueScheduleToStartTimeout: stickyFor }),
        }),
      ),
    );
    return new Workers(place, workers, Promise.all(workers.map((worker) => worker.run())));
  }

  /** Ends these and gives others in their place, which know nothing of what these had in memory. */
  async replaced(): Promise<Workers> {
    await this.stop();
    return Workers.start(this.place);
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) worker.shutdown();
    await this.running;
  }
}
