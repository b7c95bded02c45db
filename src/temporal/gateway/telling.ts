import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { reach } from './answers';

/** Signals a run that may have ended. */
export async function tellRunning<Args extends unknown[]>(
  client: Client,
  workflowId: string,
  signal: SignalDefinition<Args>,
  args: Args,
): Promise<'told' | 'not-running'> {
  const handle = client.workflow.getHandle(workflowId);
  try {
    await reach(client, () => handle.signal(signal, ...args));
    return 'told';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'not-running';
    throw error;
  }
}
