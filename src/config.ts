import { z } from 'zod';

/**
 * The only reader of the environment. Every setting has a default or is made once and kept in DATA_DIR, as long as
 * Messenger and PayPal are simulated; with a real address the real secrets must be given.
 */
const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);
const url = z.url({ protocol: /^https?$/ });
const secret = z.string().min(8);

const settings = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port(3000),
  PUBLIC_URL: url.optional(),
  /** How many proxies stand in front of the API: so many of the addresses that a request was forwarded for are believed. */
  PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  TEMPORAL_ADDRESS: z.string().min(1).optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  TEMPORAL_CLI_PATH: z.string().optional(),
  CODEC_PORT: port(8234),
  MESSENGER_API_URL: url.optional(),
  MESSENGER_SIM_PORT: port(3001),
  MESSENGER_PAGE_ID: z.string().regex(/^\d+$/, 'is a number').optional(),
  MESSENGER_APP_ID: z.string().regex(/^\d+$/, 'is a number').optional(),
  MESSENGER_APP_SECRET: secret.optional(),
  MESSENGER_VERIFY_TOKEN: secret.optional(),
  MESSENGER_PAGE_TOKEN: secret.optional(),
  PAYPAL_API_URL: url.optional(),
  PAYPAL_SIM_PORT: port(3002),
  PAYPAL_WEB_URL: url.optional(),
  PAYPAL_CLIENT_ID: secret.optional(),
  PAYPAL_CLIENT_SECRET: secret.optional(),
  PAYPAL_WEBHOOK_ID: secret.optional(),
  IDENTITY_KEY: z.string().min(32).optional(),
  DATA_KEYS: z.string().min(32).optional(),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  SIM_MESSENGER_DATABASE_URL: z.string().startsWith('postgres').optional(),
  SIM_PAYPAL_DATABASE_URL: z.string().startsWith('postgres').optional(),
});

/** The environment as `npm start` sees it: what is absent is embedded or simulated. */
export type Settings = z.infer<typeof settings>;

/** Settings of one running part: nothing is missing any more. */
export type Config = Settings & {
  [Key in (typeof REQUIRED)[number]]: string;
} & {
  /** Where people and providers reach us: PUBLIC_URL, or the loopback address. */
  ownUrl: string;
  /** True while both providers are our own simulators on this machine. */
  simulated: boolean;
};

const REQUIRED = [
  'DATABASE_URL',
  'TEMPORAL_ADDRESS',
  'MESSENGER_API_URL',
  'MESSENGER_PAGE_ID',
  'MESSENGER_APP_ID',
  'MESSENGER_APP_SECRET',
  'MESSENGER_VERIFY_TOKEN',
  'MESSENGER_PAGE_TOKEN',
  'PAYPAL_API_URL',
  'PAYPAL_WEB_URL',
  'PAYPAL_CLIENT_ID',
  'PAYPAL_CLIENT_SECRET',
  'PAYPAL_WEBHOOK_ID',
  'IDENTITY_KEY',
  'DATA_KEYS',
] as const;

/** What a real provider needs, by the variable that makes it real. */
const NEEDED_WITH = {
  MESSENGER_API_URL: [
    'MESSENGER_PAGE_ID',
    'MESSENGER_APP_ID',
    'MESSENGER_APP_SECRET',
    'MESSENGER_VERIFY_TOKEN',
    'MESSENGER_PAGE_TOKEN',
    'IDENTITY_KEY',
    'DATA_KEYS',
  ],
  PAYPAL_API_URL: [
    'PAYPAL_WEB_URL',
    'PAYPAL_CLIENT_ID',
    'PAYPAL_CLIENT_SECRET',
    'PAYPAL_WEBHOOK_ID',
    'IDENTITY_KEY',
    'DATA_KEYS',
  ],
} as const satisfies Partial<Record<keyof Settings, readonly (keyof Settings)[]>>;

/** Everything that is wrong with the environment, in one error. Names keys, never values. */
export class WrongConfiguration extends Error {
  override readonly name = 'WrongConfiguration';
  constructor(readonly problems: string[]) {
    super(`The environment cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * Reads the environment for `npm start`.
 * @throws WrongConfiguration listing every wrong key at once.
 */
export function loadSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = settings.safeParse(given);
  const problems = read.success ? [] : read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  for (const [address, needed] of Object.entries(NEEDED_WITH)) {
    if (!given[address] || isLoopback(given[address])) continue;
    for (const key of needed) if (!given[key]) problems.push(`${key}: must be given, because ${address} is a real one`);
  }
  if (problems.length > 0 || !read.success) throw new WrongConfiguration(problems);
  return read.data;
}

/**
 * Reads the environment for one part (API, worker, simulators): `npm start` has filled in what was absent.
 * @throws WrongConfiguration listing every missing or wrong key at once.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const read = loadSettings(env);
  const missing = REQUIRED.filter((key) => read[key] === undefined);
  if (missing.length > 0) throw new WrongConfiguration(missing.map((key) => `${key}: is missing`));
  const config = read as Settings & { [Key in (typeof REQUIRED)[number]]: string };
  return {
    ...config,
    ownUrl: (config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`).replace(/\/$/, ''),
    simulated: isLoopback(config.MESSENGER_API_URL) && isLoopback(config.PAYPAL_API_URL),
  };
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}
