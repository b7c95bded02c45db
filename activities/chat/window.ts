import type { SendRule } from '../../src/domain/chat/channel';
import type { OutboxRow, Person } from '../../src/store';

const HOUR_MS = 3_600_000;

/**
 * For how long after the person's last act a message may leave, in milliseconds (Messenger Platform, messaging windows):
 * anything for a day, or for seven days after the person came from an advertisement; a human's own words for seven days.
 */
const ANSWER_MS = 24 * HOUR_MS;
const LONG_MS = 7 * 24 * HOUR_MS;

/** Time that a message may take to reach the channel, kept clear of the window's end. */
const MARGIN_MS = 60_000;

/**
 * Under which rule a message may leave now, or `undefined` where it has to wait for the person's next act. Facts about
 * money may leave as transactional messages at any time; the bot's own words may not.
 */
export function allowedRule(row: OutboxRow, person: Person | undefined, now: number): SendRule | undefined {
  const silent = now + MARGIN_MS - (person?.lastActAt?.getTime() ?? 0);
  if (silent <= (person?.fromAd ? LONG_MS : ANSWER_MS)) return 'response';
  if (row.speaker === 'rep' && silent <= LONG_MS) return 'human-agent';
  return row.speaker === 'notice' ? 'utility' : undefined;
}
