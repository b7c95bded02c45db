import { loadConfig } from '../config';
import { parseKeyRing } from '../keys';
import { createLog } from '../observability';
import { startCodecServer } from '../temporal/codec-server';

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
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
