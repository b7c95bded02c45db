import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../../workflows/messages/search-attributes';
import { quietRuntime } from './runtime';

const KEYWORD = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/**
 * The server that skips time takes pings for an attack (gRPC for Java allows one in five minutes), ends the connection,
 * and with it whatever is under way on it: a sleep that is cut off so leaves time standing for ever. Nothing here lives
 * for longer than this, in milliseconds.
 */
const channelArgs = { 'grpc.keepalive_time_ms': 86_400_000 };

/** Starts a server that skips time, with our search attributes. */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  quietRuntime(undefined);
  const path = process.env['TEST_TIME_SKIPPING_SERVER_PATH'] ?? '';
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    plugins: [{ name: 'without-pings', configureConnection: withoutPings }],
  });
  // It cannot list the attributes that it knows, and refuses tasks with those that it does not.
  const searchAttributes = Object.fromEntries(Object.values(SEARCH_ATTRIBUTES).map(({ name }) => [name, KEYWORD]));
  await environment.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  return environment;
}

/** Without repetitions too: one that comes after the end of the connection would break the whole file of tests. */
function withoutPings(options: ConnectionOptions): ConnectionOptions {
  return { ...options, channelArgs, interceptors: [] };
}

/** The longest pause before a call is repeated, in milliseconds: so long the end of a connection waits for repetitions. */
const REPEATED_WITHIN_MS = 250;

/** A connection that either kind of server leaves open, and which ends when nothing will be repeated on it any more. */
export async function connectWithoutPings(
  address: string,
): Promise<{ connection: Connection; close(): Promise<void> }> {
  let ends = false;
  const { retryableDecider, delayFunction } = defaultGrpcRetryOptions();
  const repeating = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => !ends && retryableDecider(attempt, status),
    delayFunction: (attempt, status) => Math.min(delayFunction(attempt, status), REPEATED_WITHIN_MS),
  });
  const connection = await Connection.connect({ address, channelArgs, interceptors: [repeating] });
  return {
    connection,
    async close() {
      ends = true;
      await new Promise((done) => setTimeout(done, 2 * REPEATED_WITHIN_MS));
      await connection.close();
    },
  };
}
