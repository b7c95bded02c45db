import { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages/search-attributes';
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
    plugins: [{ name: 'without-pings', configureConnection: (options) => ({ ...options, channelArgs }) }],
  });
  // It cannot list the attributes that it knows, and refuses tasks with those that it does not.
  const searchAttributes = Object.fromEntries(Object.values(SEARCH_ATTRIBUTES).map(({ name }) => [name, KEYWORD]));
  await environment.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  return environment;
}

/** A connection that either kind of server leaves open. */
export function connectWithoutPings(address: string): Promise<Connection> {
  return Connection.connect({ address, channelArgs });
}
