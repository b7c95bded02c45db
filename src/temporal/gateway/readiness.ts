import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { GatewayDeps } from './create';
import type { Gateway } from './gateway';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = temporal.api.enums.v1.TaskQueueType;
const KINDS = [TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY];

/** Probes come every second from several places; one look serves them all. */
const LOOKED_UP_FOR_MS = 1_000;

/** A probe that hangs is worse than one that says no. */
const LOOK_WITHIN_MS = 2_000;

/** A worker's poll lasts a minute, and only its start is noted; the server lists a dead worker for five minutes. */
const POLLED_WITHIN_MS = 70_000;

type Readiness = Awaited<ReturnType<Gateway['ready']>>;

/** Whether Temporal answers and workers poll all queues, for workflows and for activities. Never throws. */
export function readiness({ client, taskQueues }: GatewayDeps): Pick<Gateway, 'ready'> {
  let last: { at: number; answer: Promise<Readiness> } | undefined;
  return {
    ready() {
      if (last === undefined || Date.now() - last.at > LOOKED_UP_FOR_MS) {
        last = { at: Date.now(), answer: look(client, Object.values(taskQueues)) };
      }
      return last.answer;
    },
  };
}

async function look(client: Client, queues: string[]): Promise<Readiness> {
  // All of them are awaited: a request that is left behind retries on, even on a connection that was closed meanwhile.
  const looks = await client.withDeadline(Date.now() + LOOK_WITHIN_MS, () =>
    Promise.allSettled(queues.flatMap((name) => KINDS.map((kind) => isPolled(client, name, kind)))),
  );
  const temporal = looks.every(({ status }) => status === 'fulfilled');
  return { temporal, workers: looks.every((look) => look.status === 'fulfilled' && look.value) };
}

async function isPolled(client: Client, name: string, taskQueueType: temporal.api.enums.v1.TaskQueueType) {
  const { namespace } = client.options;
  const { pollers } = await client.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType });
  const since = Date.now() - POLLED_WITHIN_MS;
  return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= since);
}
