import { NativeConnection } from '@temporalio/worker';
import type { Target } from './connection';

/** Connects the workers of this process; they share one connection. Closing it is the caller's part. */
export async function connectWorkers({ connectionOptions }: Target): Promise<NativeConnection> {
  return NativeConnection.connect(connectionOptions);
}
