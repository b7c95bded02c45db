import { findBinary } from '../binaries/find';
import { TEMPORAL_CLI } from '../binaries/pinned';
import type { Supervisor } from '../processes/supervisor';
import { startTemporalServer } from '../temporal-server';
import type { RunningTemporalServer, SearchAttributeToRegister } from '../temporal-server';
import type { Places } from './places';
import { reachableHost } from './settings';
import type { LocalSettings } from './settings';

/**
 * Sees to a Temporal server: the one of TEMPORAL_ADDRESS, or the dev server with Web UI and kept state. Gives its gRPC
 * address.
 */
export async function provideTemporal(
  settings: LocalSettings,
  searchAttributes: readonly SearchAttributeToRegister[],
  baseEnvironment: NodeJS.ProcessEnv,
  places: Places,
  supervisor: Supervisor,
): Promise<string> {
  if (settings.TEMPORAL_ADDRESS !== undefined) return settings.TEMPORAL_ADDRESS;
  const { path: cli } = await findBinary(TEMPORAL_CLI, baseEnvironment);
  const host = reachableHost(settings.HOST);
  const options = {
    cli,
    host,
    port: settings.TEMPORAL_PORT,
    logFile: places.logOf('temporal'),
    databaseFile: places.temporalFile,
    searchAttributes,
    namespace: settings.TEMPORAL_NAMESPACE,
    ui: {
      port: settings.TEMPORAL_UI_PORT,
      host: settings.HOST,
      codecEndpoint: `http://${host}:${settings.CODEC_PORT}`,
    },
  };
  let address = '';
  await supervisor.start({
    name: 'temporal',
    start: async (announce) => {
      const running: RunningTemporalServer = await startTemporalServer(options, announce);
      address = running.address;
      return running;
    },
  });
  return address;
}
