import type { Money } from './amounts';

/**
 * The least and the most of one payment, in minor units. Messenger allowed up to $9,999 and Google Pay $10,000 per
 * payment in the United States; below a dollar the fees that the platform bears exceed the amount.
 */
export const PER_PAYMENT = { least: 100, most: 1_000_000 } as const;

/** The one currency of the launch market. */
export const LAUNCH_CURRENCY = 'USD';

/**
 * A confirmation card can be confirmed for 15 minutes, in milliseconds: long enough to think, too short for a phone left
 * on a table to pay with yesterday's card.
 */
export const CARD_LIFE_MS = 15 * 60_000;

/** Whether one payment may have this amount. */
export function isAllowedAmount(amount: Money): boolean {
  return amount.currency === LAUNCH_CURRENCY && amount.minor >= PER_PAYMENT.least && amount.minor <= PER_PAYMENT.most;
}
