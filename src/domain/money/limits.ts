import type { Currency, Money } from './amounts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How well the provider knows a person: `verified` once it has checked who they are. */
export type Verification = 'unverified' | 'verified';

/** What a person may send in one market, in minor units of its currency. */
export interface SendLimits {
  currency: Currency;
  /** The least and the most of one payment. */
  perPayment: { least: number; most: number };
  /** The most of all payments within {@link ROLLING_DAYS} days. */
  rolling: Record<Verification, number>;
  /** The most of all payments within {@link COOL_DOWN_HOURS} hours of linking an account or changing the source. */
  coolDown: number;
}

/** Days over which what was sent is added up (Venmo and Google Pay count a rolling week). */
export const ROLLING_DAYS = 7;

/** Hours in which an account or source that is new may have been taken over, and little is at stake. */
export const COOL_DOWN_HOURS = 24;

/**
 * The limits of every market, by the country of the payer's account. Anchors: Messenger took up to $9,999 and Google Pay
 * $10,000 a payment; Venmo lets unverified people send $299.99 a week; below a dollar the fees that the platform bears
 * exceed the amount.
 */
const LIMITS: Readonly<Record<string, SendLimits>> = {
  US: {
    currency: 'USD',
    perPayment: { least: 100, most: 1_000_000 },
    rolling: { unverified: 29_999, verified: 1_000_000 },
    coolDown: 29_999,
  },
};

/** What holds where a country has no line of its own: the launch market's limits, for people nobody has verified. */
const STRICTEST = { ...LIMITS['US'], rolling: { unverified: 29_999, verified: 29_999 } } as SendLimits;

/** The limits of a payer's country (ISO 3166); the strictest where none were set for it. */
export function limitsOf(country: string): SendLimits {
  return (Object.hasOwn(LIMITS, country) ? LIMITS[country] : undefined) ?? STRICTEST;
}

/**
 * A confirmation card can be confirmed for 15 minutes, in milliseconds: long enough to think, too short for a phone left
 * on a table to pay with yesterday's card.
 */
export const CARD_LIFE_MS = 15 * 60_000;

/** Whether one payment from an account of this country may have this amount. */
export function isAllowedAmount(amount: Money, country = 'US'): boolean {
  const { currency, perPayment } = limitsOf(country);
  return amount.currency === currency && amount.minor >= perPayment.least && amount.minor <= perPayment.most;
}

/** Whose payments are limited: where the account is, how well it is known, and since when it may be charged. */
export interface LimitedPayer {
  country: string;
  verification: Verification;
  /** When the account was linked or its source was last changed, in milliseconds since the epoch. */
  sourceSince: number;
}

/** One limit as it applies to a payment at a moment: all that counts under the rule must stay at or below `most`. */
export interface Cap {
  /** Names the window, so that all payments under one rule share its room. */
  rule: string;
  most: Money;
  /** Until when the payment counts, in milliseconds since the epoch. */
  countsUntil: number;
}

/** The limits that a payment at this moment (milliseconds since the epoch, the workflow's time) must keep within. */
export function capsFor({ country, verification, sourceSince }: LimitedPayer, at: number): Cap[] {
  const { currency, rolling, coolDown } = limitsOf(country);
  const cooledDown = sourceSince + COOL_DOWN_HOURS * HOUR_MS;
  return [
    {
      rule: 'rolling-week',
      most: { minor: rolling[verification], currency },
      countsUntil: at + ROLLING_DAYS * DAY_MS,
    },
    ...(at < cooledDown
      ? [{ rule: `source-since-${sourceSince}`, most: { minor: coolDown, currency }, countsUntil: cooledDown }]
      : []),
  ];
}
