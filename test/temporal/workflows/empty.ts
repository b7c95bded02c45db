import { sleep } from '@temporalio/workflow';

/** Does next to nothing: its bundle is what the SDK itself needs. */
export async function nothing(): Promise<void> {
  await sleep(1);
}
