import type { SendRule } from '../../src/domain/chat/channel';
import type { OutboxRow, Person } from '../../src/store';

const HOUR_MS = 3_600_000;

/**
 * For how long a message may leave, in milliseconds (Messenger Platform, messaging windows): a day after the person's
 * last act, seven days after an advertisement led them here, and a human's own words for seven days after the last act.
 */
const ANSWER_MS = 24 * HOUR_MS;
const LONG_MS = 7 * 24 * HOUR_MS;

/** Time that a message may take to reach the channel, kept clear of the window's end. */
const MARGIN_MS = 60_000;

/** Countries whose people may get transactional messages outside of the window (Messenger Platform, utility messages). */
const UTILITY_COUNTRIES: ReadonlySet<string> = new Set(['US', 'VN', 'TH', 'PH']);

/**
 * Under which rule a message may leave now, or `undefined` where it has to wait for the person's next act. Facts about
 * money, written with the rule `utility`, may leave as transactional messages where the market allows it; nothing else may.
 */
export function allowedRule(
  { speaker, rule }: Pick<OutboxRow, 'speaker' | 'rule'>,
  person: Pick<Person, 'lastActAt' | 'adClickAt' | 'locale'>,
  now: number,
): SendRule | undefined {
  const since = (act: Date | undefined): number => now + MARGIN_MS - (act?.getTime() ?? 0);
  if (since(person.lastActAt) <= ANSWER_MS || since(person.adClickAt) <= LONG_MS) return 'response';
  if (speaker === 'rep' && since(person.lastActAt) <= LONG_MS) return 'human-agent';
  return speaker === 'notice' && rule === 'utility' && UTILITY_COUNTRIES.has(countryOf(person.locale))
    ? 'utility'
    : undefined;
}

/** The country of a locale: `en_US` is of the United States. */
function countryOf(locale = ''): string {
  return locale.slice(3, 5).toUpperCase();
}
