import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcServiceError,
} from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { UpdateDefinition } from '@temporalio/common';
import { FAILURE_TYPES } from '../../domain/failures';
import type { FailureType } from '../../domain/failures';
import type { Owner } from '../../domain/handoff/owner';
import { ACTION_ANSWER_MS, NoAnswer, Refused, Unavailable } from './gateway';

/** Temporal answers in milliseconds; a provider's webhook is better refused, and sent again, than held for longer. */
export const REACHED_WITHIN_MS = 5_000;

/** Codes of gRPC that say: not accepted, or not known to be; ask again. */
const UNREACHABLE = new Set([
  1, // CANCELLED
  4, // DEADLINE_EXCEEDED
  8, // RESOURCE_EXHAUSTED
  14, // UNAVAILABLE
]);

/** An Update was accepted, and its run ended before it was answered: the server's own failure type for that. */
const RUN_ENDED_FIRST = 'AcceptedUpdateCompletedWorkflow';

/** Makes one request of Temporal. @throws Unavailable when no answer comes within {@link REACHED_WITHIN_MS}. */
export async function reach<T>(client: Client, request: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + REACHED_WITHIN_MS, request);
  } catch (error) {
    throw isUnreachable(error) ? new Unavailable('Temporal does not answer', { cause: error }) : error;
  }
}

/**
 * Sends an Update and waits for the workflow's answer.
 * @throws Refused, NoAnswer or Unavailable, as the gateway promises.
 */
export async function ask<Answer, Args extends [unknown]>(
  client: Client,
  workflowId: string,
  definition: UpdateDefinition<Answer, Args>,
  args: Args,
  updateId: string,
): Promise<Answer> {
  const handle = client.workflow.getHandle(workflowId);
  try {
    return await client.withDeadline(Date.now() + ACTION_ANSWER_MS, () =>
      handle.executeUpdate(definition as UpdateDefinition<Answer, [unknown]>, { args, updateId }),
    );
  } catch (error) {
    throw meaningOf(error);
  }
}

function meaningOf(error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) return new Refused('closed');
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    return new NoAnswer('no answer in time', { cause: error });
  if (isUnreachable(error)) return new Unavailable('Temporal does not answer', { cause: error });
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) return error;
  const { type, details } = error.cause;
  if (type === RUN_ENDED_FIRST) return new NoAnswer('the run ended before it answered', { cause: error });
  return isFailureType(type) ? new Refused(type, ownerIn(details)) : error;
}

/** Errors of the client wrap the one of gRPC. */
function isUnreachable(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (isGrpcServiceError(cause)) return UNREACHABLE.has(cause.code);
  }
  return false;
}

function isFailureType(type: unknown): type is FailureType {
  return (FAILURE_TYPES as readonly unknown[]).includes(type);
}

/** A refusal carries the owner at that moment as its first detail. */
function ownerIn(details: unknown[] | null | undefined): Owner | undefined {
  const [first] = details ?? [];
  return typeof first === 'object' && first !== null && 'kind' in first && 'epoch' in first
    ? (first as Owner)
    : undefined;
}
