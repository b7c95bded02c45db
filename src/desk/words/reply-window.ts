import type { Context } from '../../api/contract/detail';
import { roughly, timeOfDay } from './time';

const HOUR_MS = 3_600_000;

/** Anything may be sent for a day after the customer's last act, and for a week after an advertisement led here. */
const WINDOW_MS = 24 * HOUR_MS;
const LONG_MS = 7 * 24 * HOUR_MS;

/** Close enough to the end to say so louder. */
const SOON_MS = HOUR_MS;

/** Until when a reply reaches the customer, in words, and how pressing that is. */
export interface ReplyWindow {
  words: string;
  state: 'open' | 'soon' | 'human' | 'closed';
}

/** Messenger's reply window as it stands. */
export function replyWindow({ lastActAt, adClickAt }: Context, now: number): ReplyWindow | undefined {
  if (!lastActAt) return undefined;
  const last = Date.parse(lastActAt);
  const ends = Math.max(last + WINDOW_MS, adClickAt ? Date.parse(adClickAt) + LONG_MS : 0);
  const left = ends - now;
  if (left > 0) {
    return { words: `Reply window closes in ${roughly(left)}`, state: left <= SOON_MS ? 'soon' : 'open' };
  }
  if (last + LONG_MS > now) {
    const until = timeOfDay(last + LONG_MS, now);
    return { words: `Past 24 h: sent as a human-agent reply until ${until}`, state: 'human' };
  }
  return { words: 'Closed: the customer must write first', state: 'closed' };
}
