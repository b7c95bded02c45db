import { join } from 'node:path';
import { loadConfig } from '../../../src/config';
import { localSecrets } from '../../../src/local/secrets';
import { environmentForParts } from '../../../src/local/start/environment';
import { portsNeeded } from '../../../src/local/start/ports-needed';
import type { LocalSettings } from '../../../src/local/start/settings';
import { scratchFolder } from '../scratch';

const SETTINGS: LocalSettings = {
  HOST: '127.0.0.1',
  PORT: 3000,
  DATA_DIR: '.data',
  TEMPORAL_NAMESPACE: 'default',
  TEMPORAL_PORT: 7233,
  TEMPORAL_UI_PORT: 8233,
  CODEC_PORT: 8234,
  MESSENGER_SIM_PORT: 3001,
  PAYPAL_SIM_PORT: 3002,
};

const STARTED = {
  dataFolder: '/somewhere/.data',
  databases: {
    app: 'postgres://localhost/app',
    messengerSimulator: 'postgres://localhost/sim_messenger',
    paypalSimulator: 'postgres://localhost/sim_paypal',
  },
  temporalAddress: '127.0.0.1:7233',
};

async function environmentOf(given: NodeJS.ProcessEnv, settings = SETTINGS): Promise<NodeJS.ProcessEnv> {
  const secrets = await localSecrets(join(await scratchFolder(), 'secrets.json'));
  return environmentForParts(given, settings, secrets, STARTED);
}

describe('the environment of the parts', () => {
  it('is complete for a part without anything given by the user', async () => {
    const config = loadConfig(await environmentOf({}));
    expect(config).toMatchObject({
      MESSENGER_API_URL: 'http://127.0.0.1:3001',
      PAYPAL_API_URL: 'http://127.0.0.1:3002',
      PAYPAL_WEB_URL: 'http://127.0.0.1:3002',
      DATABASE_URL: 'postgres://localhost/app',
      simulated: true,
    });
  });

  it('has what the user gave in the place of what was made, and takes an empty variable for none', async () => {
    const environment = await environmentOf({ MESSENGER_APP_SECRET: 'given by me', PAYPAL_CLIENT_ID: '' });
    expect(environment['MESSENGER_APP_SECRET']).toBe('given by me');
    expect(environment['PAYPAL_CLIENT_ID']).toMatch(/^A.{20}/);
  });

  it('names simulators that listen on every address by the loopback', async () => {
    const environment = await environmentOf({}, { ...SETTINGS, HOST: '0.0.0.0' });
    expect(environment['MESSENGER_API_URL']).toBe('http://127.0.0.1:3001');
  });
});

describe('the ports of a start', () => {
  const variables = (settings: LocalSettings) => portsNeeded(settings).map(({ variable }) => variable);

  it('are those of every part when nothing is somebody else’s', () => {
    expect(variables(SETTINGS)).toHaveLength(6);
  });

  it('do not include those of a Temporal server or providers of one’s own', () => {
    const own = {
      ...SETTINGS,
      TEMPORAL_ADDRESS: 'temporal.example:7233',
      MESSENGER_API_URL: 'https://graph.example',
      PAYPAL_API_URL: 'https://api.example',
    };
    expect(variables(own)).toEqual(['PORT', 'CODEC_PORT']);
  });
});
