import { createDatabases, startPostgres } from '../postgres/server';
import type { RunningPostgres } from '../postgres/server';
import type { Supervisor } from '../processes/supervisor';
import type { DatabaseUrls } from './environment';
import type { Places } from './places';
import type { LocalSettings } from './settings';

const APP = 'app';
const MESSENGER_SIMULATOR = 'sim_messenger';
const PAYPAL_SIMULATOR = 'sim_paypal';

/**
 * Sees to the databases: in the embedded PostgreSQL, or, with DATABASE_URL, on that server.
 *
 * @throws Error with one sentence when the given server does not let us make the simulators' databases.
 */
export async function provideDatabases(
  settings: LocalSettings,
  places: Places,
  supervisor: Supervisor,
): Promise<DatabaseUrls> {
  const urlOf =
    settings.DATABASE_URL === undefined
      ? await embedded(places, supervisor)
      : await onGivenServer(settings, settings.DATABASE_URL);
  return {
    app: settings.DATABASE_URL ?? urlOf(APP),
    ...(settings.MESSENGER_API_URL === undefined
      ? { messengerSimulator: settings.SIM_MESSENGER_DATABASE_URL ?? urlOf(MESSENGER_SIMULATOR) }
      : {}),
    ...(settings.PAYPAL_API_URL === undefined
      ? { paypalSimulator: settings.SIM_PAYPAL_DATABASE_URL ?? urlOf(PAYPAL_SIMULATOR) }
      : {}),
  };
}

async function embedded(places: Places, supervisor: Supervisor): Promise<RunningPostgres['urlOf']> {
  const options = {
    folder: places.postgresFolder,
    logFile: places.logOf('postgres'),
    databases: [APP, MESSENGER_SIMULATOR, PAYPAL_SIMULATOR],
  };
  let urlOf: RunningPostgres['urlOf'] | undefined;
  await supervisor.start({
    name: 'postgres',
    start: async (announce) => {
      const running = await startPostgres(options, announce);
      urlOf ??= running.urlOf;
      return running;
    },
  });
  if (urlOf === undefined) throw new Error('The embedded PostgreSQL did not start.');
  return urlOf;
}

async function onGivenServer(settings: LocalSettings, databaseUrl: string): Promise<RunningPostgres['urlOf']> {
  const missing = [
    settings.MESSENGER_API_URL === undefined && settings.SIM_MESSENGER_DATABASE_URL === undefined
      ? MESSENGER_SIMULATOR
      : undefined,
    settings.PAYPAL_API_URL === undefined && settings.SIM_PAYPAL_DATABASE_URL === undefined
      ? PAYPAL_SIMULATOR
      : undefined,
  ].filter((name) => name !== undefined);
  if (missing.length > 0) {
    try {
      await createDatabases(databaseUrl, missing);
    } catch (error) {
      throw new Error(
        `The simulators need databases of their own (${missing.join(', ')}), which could not be made on the server of ` +
          'DATABASE_URL: make them and name them in SIM_MESSENGER_DATABASE_URL and SIM_PAYPAL_DATABASE_URL, or give ' +
          'its user CREATEDB.',
        { cause: error },
      );
    }
  }
  return (database) => Object.assign(new URL(databaseUrl), { pathname: `/${database}` }).href;
}
