import type { Money } from './amounts';

const DAY_MS = 24 * 3_600_000;

/**
 * Days after asking on which people who have not answered are reminded, and after which the request ends. Zelle and
 * Google Pay let requests rest for 14 days.
 */
export const REMINDER_DAYS = [1, 3, 7] as const;
export const REQUEST_LIFE_DAYS = 14;

/** The waits between reminders and the end, in milliseconds, from the moment of asking. */
export const REQUEST_STEPS_MS = [...REMINDER_DAYS, REQUEST_LIFE_DAYS].map((days) => days * DAY_MS);

/** At most so many people are asked at once: a dinner, not a mailing. */
export const MOST_SHARES = 50;

/** At most so many open requests of one person in {@link REQUEST_WINDOW_DAYS} days (Google Pay: 20 in 30 days). */
export const MOST_OPEN_REQUESTS = 20;
export const REQUEST_WINDOW_DAYS = 30;

/** Where one person's part of a request stands. */
export type ShareState =
  | 'asked'
  | 'paying'
  | 'paid'
  | 'declined'
  | 'cancelled'
  | 'expired'
  /** The requester sends it back, and the payment that does has not ended. */
  | 'returning'
  | 'returned';

/** One person's part of a request. */
export interface Share {
  shareId: string;
  payerKey: string;
  amount: Money;
  state: ShareState;
}

/** Whether anything is still to come. */
export function isOpen(share: Share): boolean {
  return share.state === 'asked' || share.state === 'paying';
}
