import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTarget } from '../../src/temporal/connection';

const PROFILE = '[profile.default]\naddress = "elsewhere:7233"\napi_key = "not for everybody"\n';

describe('where Temporal is', () => {
  test('address and namespace come from the environment given, and not from this process', () => {
    const { connectionOptions, namespace } = readTarget({
      TEMPORAL_ADDRESS: 'temporal.internal:7233',
      TEMPORAL_NAMESPACE: 'payments',
    });
    expect(connectionOptions.address).toBe('temporal.internal:7233');
    expect(namespace).toBe('payments');
  });

  test('without a namespace it is the default one', () => {
    expect(readTarget({ TEMPORAL_ADDRESS: 'localhost:7233' }).namespace).toBe('default');
  });

  test('an API key and TLS settings are understood', () => {
    const { connectionOptions } = readTarget({
      TEMPORAL_ADDRESS: 'cloud.example:7233',
      TEMPORAL_API_KEY: 'key',
      TEMPORAL_TLS_SERVER_NAME: 'cloud.example',
    });
    expect(connectionOptions.apiKey).toBe('key');
    expect(connectionOptions.tls).toMatchObject({ serverNameOverride: 'cloud.example' });
  });

  test('a configuration file counts only where the environment asks for it', async () => {
    const home = await mkdtemp(join(tmpdir(), 'temporal-config-'));
    // Where the SDK looks by itself on Linux and macOS.
    const files = ['.config', 'Library/Application Support'].map((folder) => join(home, folder, 'temporalio'));
    for (const folder of files) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'temporal.toml'), PROFILE);
    }
    const file = join(home, '.config/temporalio/temporal.toml');
    expect(readTarget({ TEMPORAL_CONFIG_FILE: file }).connectionOptions.address).toBe('elsewhere:7233');
    const unasked = readTarget({ HOME: home, TEMPORAL_ADDRESS: 'here:7233' });
    expect(unasked.connectionOptions.address).toBe('here:7233');
    expect(unasked.connectionOptions.apiKey).toBeUndefined();
  });
});
