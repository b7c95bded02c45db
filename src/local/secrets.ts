import { randomBytes, randomInt } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;

/**
 * A page id and an app id of Meta have 15 to 17 digits. Echoes carry the app id as a JSON number, and one of 16 digits can
 * be beyond what a number keeps exactly (2^53): then our own echoes would look like another application's.
 */
const META_ID_DIGITS = 15;

/** AES-256 and HMAC-SHA-256 take 32 bytes. */
const KEY_BYTES = 32;

/** How each secret is made, by the environment variable that carries it. */
const MAKERS = {
  MESSENGER_APP_SECRET: () => randomBytes(16).toString('hex'),
  MESSENGER_VERIFY_TOKEN: () => randomBytes(24).toString('base64url'),
  MESSENGER_PAGE_TOKEN: () => `EAA${randomBytes(60).toString('hex')}`,
  MESSENGER_APP_ID: digits,
  MESSENGER_PAGE_ID: digits,
  PAYPAL_CLIENT_ID: () => `A${randomBytes(39).toString('base64url')}`,
  PAYPAL_CLIENT_SECRET: () => `E${randomBytes(39).toString('base64url')}`,
  PAYPAL_WEBHOOK_ID: () => randomBytes(9).toString('hex').slice(0, 17).toUpperCase(),
  IDENTITY_KEY: () => randomBytes(KEY_BYTES).toString('base64'),
  DATA_KEYS: () => `local-1:${randomBytes(KEY_BYTES).toString('base64')}`,
} as const satisfies Record<string, () => string>;

/** Everything that is secret between the application and its simulated neighbours, by environment variable. */
export type LocalSecrets = Readonly<Record<keyof typeof MAKERS, string>>;

/**
 * Reads the secrets of this machine, or makes those that are missing and keeps them, readable by their owner alone.
 * What once was made stays: IDENTITY_KEY names people, DATA_KEYS decrypt what is stored.
 *
 * @throws Error with one sentence when the file is damaged.
 */
export async function localSecrets(file: string): Promise<LocalSecrets> {
  const known = await read(file);
  const made = Object.entries(MAKERS).filter(([name]) => typeof known[name] !== 'string');
  const secrets = { ...known, ...Object.fromEntries(made.map(([name, make]) => [name, make()])) } as LocalSecrets;
  if (made.length > 0) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: OWNER_ONLY });
    await rename(`${file}.new`, file);
  }
  await chmod(file, OWNER_ONLY);
  return secrets;
}

async function read(file: string): Promise<Record<string, unknown>> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    return JSON.parse(content) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`${file} is damaged: put it back from a copy, or run \`npm run reset\` to begin anew.`, {
      cause: error,
    });
  }
}

function digits(): string {
  return String(randomInt(1, 10)) + Array.from({ length: META_ID_DIGITS - 1 }, () => randomInt(0, 10)).join('');
}
