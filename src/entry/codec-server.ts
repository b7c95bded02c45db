import { loadConfig } from '../config';
import { parseKeyRing } from '../keys';
import { createLog } from '../observability';
import { startCodecServer } from '../temporal/payloads/codec-server';
import { onStop, runEntry } from './run';

/** Makes encrypted payloads readable in Temporal's Web UI and CLI, on this machine alone. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog({ part: 'codec-server', level: config.LOG_LEVEL });
  const server = await startCodecServer({
    port: config.CODEC_PORT,
    keys: parseKeyRing(config.DATA_KEYS),
    // A browser counts the two names of this machine as two origins.
    origins: ['localhost', '127.0.0.1'].map((host) => `http://${host}:${config.TEMPORAL_UI_PORT}`),
    log,
  });
  log.info('codec server listens', { port: server.port });
  onStop(() => server.close());
}

runEntry(main);
