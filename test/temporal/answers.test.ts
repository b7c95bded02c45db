import { ServiceError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { reach } from '../../src/temporal/gateway/answers';
import { Unavailable } from '../../src/temporal/gateway/gateway';

/** A client whose every request ends with this code of gRPC: a server gives these only when it likes. */
function answering(code: number): Promise<unknown> {
  const fromGrpc = Object.assign(new Error('from gRPC'), { code, details: 'details', metadata: {} });
  const client = { withDeadline: (_deadline: number, request: () => Promise<unknown>) => request() };
  const fails = () => Promise.reject(new ServiceError('failed', { cause: fromGrpc }));
  return reach(client as unknown as Client, fails);
}

describe('an answer of Temporal', () => {
  test.each([
    ['CANCELLED', 1],
    ['DEADLINE_EXCEEDED', 4],
    ['RESOURCE_EXHAUSTED', 8],
    ['UNAVAILABLE', 14],
  ])('%s means: nothing was accepted, ask again', async (_name, code) => {
    await expect(answering(code)).rejects.toBeInstanceOf(Unavailable);
  });

  test.each([
    ['INVALID_ARGUMENT', 3],
    ['PERMISSION_DENIED', 7],
    ['UNAUTHENTICATED', 16],
  ])('%s is a mistake of ours that asking again does not mend, and stays what it is', async (_name, code) => {
    await expect(answering(code)).rejects.toBeInstanceOf(ServiceError);
  });
});
