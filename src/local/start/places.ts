import { join, resolve } from 'node:path';

/** Where everything of one run lies, below DATA_DIR. */
export interface Places {
  readonly dataFolder: string;
  readonly secretsFile: string;
  readonly recordsFile: string;
  readonly postgresFolder: string;
  readonly temporalFile: string;
  logOf(part: string): string;
}

/** The places below DATA_DIR, which may be relative to the project. */
export function placesIn(projectRoot: string, dataDir: string): Places {
  const dataFolder = resolve(projectRoot, dataDir);
  return {
    dataFolder,
    secretsFile: join(dataFolder, 'secrets.json'),
    recordsFile: join(dataFolder, 'processes.json'),
    postgresFolder: join(dataFolder, 'postgres'),
    temporalFile: join(dataFolder, 'temporal.db'),
    logOf: (part) => join(dataFolder, 'logs', `${part}.log`),
  };
}
