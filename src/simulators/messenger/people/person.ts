/** Where a person reads Messenger. The platform never tells an application; only a browser's user agent gives it away. */
export type PhonePlatform = 'ios' | 'android' | 'web';

/** What is asked of whoever adds a person. */
export interface NewPerson {
  readonly name: string;
  /** Language and region, as Meta writes it: `en_US`. */
  readonly locale?: string;
  /** Hours from GMT. */
  readonly timezone?: number;
  readonly platform: PhonePlatform;
  /** ISO 3166 country of the account. */
  readonly country: string;
  /** Page-scoped id; made up when absent. */
  readonly psid?: string;
}

/** A person who can write to the page, with what the platform remembers about the conversation. Times in milliseconds. */
export interface Person {
  readonly psid: string;
  readonly name: string;
  readonly locale: string;
  readonly timezone: number;
  readonly platform: PhonePlatform;
  readonly country: string;
  /** The phone lies open: what arrives is read shortly after. */
  readonly readsPromptly: boolean;
  /** Last action that opens the messaging window, by the simulator's clock; absent before the first one. */
  lastActionAt?: number;
  /** A click on an ad keeps the window open until then, by the simulator's clock. */
  adWindowUntil?: number;
  /** Set once the application has acknowledged the linking of an account. */
  linkedAt?: number;
  control: ThreadControl;
}

/** Which app may answer a person; nobody while the conversation is idle. */
export interface ThreadControl {
  ownerAppId: string | null;
  /** Last message in either direction, by the simulator's clock: control lapses when the thread falls quiet. */
  lastActivityAt: number;
}

/** Offsets from GMT for the countries people are usually made up in; elsewhere 0. */
const TIMEZONES: Readonly<Record<string, number>> = { US: -5, CA: -5, MX: -6, BR: -3, GB: 0, DE: 1, FR: 1, JP: 9 };

/** Completes a new person with the defaults of their country. */
export function createPerson(
  asked: NewPerson,
  psid: string,
  defaults: { ownerAppId: string; now: number; readsPromptly: boolean },
): Person {
  return {
    psid,
    name: asked.name,
    locale: asked.locale ?? `en_${asked.country}`,
    timezone: asked.timezone ?? TIMEZONES[asked.country] ?? 0,
    platform: asked.platform,
    country: asked.country,
    readsPromptly: defaults.readsPromptly,
    control: { ownerAppId: defaults.ownerAppId, lastActivityAt: defaults.now },
  };
}

/** First and last name as the profile API splits them. */
export function splitName(name: string): { first_name: string; last_name: string } {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return { first_name: first, last_name: rest.join(' ') };
}
