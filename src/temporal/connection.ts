import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry';
import type { KeyRing } from '../keys';
import { createDataConverter } from './payloads/data-converter';

/** Where Temporal is and how it is reached. */
export type Target = Required<ClientConnectConfig>;

/** A server that starts beside us needs a few seconds; a wrong address should be told while somebody still looks. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Reads `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, `TEMPORAL_TLS…` from the environment given. A
 * configuration file counts only where `TEMPORAL_CONFIG_FILE` or `TEMPORAL_PROFILE` asks for one: the keys that a
 * developer's own profile holds for another server must not be sent to this one.
 */
export function readTarget(environment: NodeJS.ProcessEnv): Target {
  const given = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const asksForFile = Boolean(environment['TEMPORAL_CONFIG_FILE'] ?? environment['TEMPORAL_PROFILE']);
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({
    overrideEnvVars: Object.fromEntries(given),
    disableFile: !asksForFile,
  });
  return { connectionOptions, namespace };
}

/**
 * Connects a client. Closing its connection is the caller's part.
 * @throws when Temporal does not answer within {@link CONNECT_TIMEOUT_MS}.
 */
export async function connectClient({ connectionOptions, namespace }: Target, ring: KeyRing): Promise<Client> {
  const { address, tls, apiKey, metadata } = connectionOptions;
  const connection = await Connection.connect({
    ...(address === undefined ? {} : { address }),
    ...(tls === undefined || tls === null ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
    connectTimeout: CONNECT_TIMEOUT_MS,
  });
  return createClient(connection, namespace, ring);
}

/** A client on a connection that exists already, with our encryption and traces. */
export function createClient(connection: Connection, namespace: string, ring: KeyRing): Client {
  return new Client({
    connection,
    namespace,
    dataConverter: createDataConverter(ring, namespace),
    interceptors: { workflow: [new OpenTelemetryWorkflowClientInterceptor()] },
  });
}
