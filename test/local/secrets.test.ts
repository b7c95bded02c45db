import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localSecrets } from '../../src/local/secrets';
import { scratchFolder } from './scratch';

describe('the secrets of a machine', () => {
  it('are made once and stay the same', async () => {
    const file = join(await scratchFolder(), 'data', 'secrets.json');
    const made = await localSecrets(file);
    await expect(localSecrets(file)).resolves.toEqual(made);
  });

  it('can be read by their owner alone, also where the file was open before', async () => {
    const file = join(await scratchFolder(), 'secrets.json');
    await writeFile(file, '{}', { mode: 0o644 });
    await localSecrets(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('differ from machine to machine', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () => localSecrets(join(await scratchFolder(), 'secrets.json'))),
    );
    for (const [name, value] of Object.entries(one ?? {})) expect({ [name]: value }).not.toMatchObject(other ?? {});
  });

  it('have the shapes that their users ask for', async () => {
    const secrets = await localSecrets(join(await scratchFolder(), 'secrets.json'));
    // Of these digits a JSON number keeps every one, as the app id of an echo has to.
    expect(secrets.MESSENGER_PAGE_ID).toMatch(/^[1-9]\d{14}$/);
    expect(secrets.MESSENGER_APP_ID).toMatch(/^[1-9]\d{14}$/);
    expect(Buffer.from(secrets.IDENTITY_KEY, 'base64')).toHaveLength(32);
    const [id, key] = secrets.DATA_KEYS.split(':');
    expect(id).toBe('local-1');
    expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
  });

  it('get a new one added without touching those that are there', async () => {
    const file = join(await scratchFolder(), 'secrets.json');
    const before = await localSecrets(file);
    const { PAYPAL_WEBHOOK_ID: _, ...older } = before;
    await writeFile(file, JSON.stringify(older));
    const after = await localSecrets(file);
    expect(after).toMatchObject(older);
    expect(after.PAYPAL_WEBHOOK_ID).toMatch(/^[0-9A-F]{17}$/);
  });

  it('are not made anew over a damaged file, because what they encrypted would be lost', async () => {
    const file = join(await scratchFolder(), 'secrets.json');
    await writeFile(file, '{"IDENTITY_KEY": "cut sh');
    await expect(localSecrets(file)).rejects.toThrow(/is damaged.*npm run reset/);
    await expect(readFile(file, 'utf8')).resolves.toBe('{"IDENTITY_KEY": "cut sh');
  });
});
