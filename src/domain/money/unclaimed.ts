const DAY_MS = 24 * 3_600_000;

/** Days after which the payer is reminded that nobody has claimed the money. */
export const REMINDER_DAYS = [1, 3, 7, 14, 25] as const;

/**
 * We take unclaimed money back a day before PayPal would by itself after 30 (Payouts, unclaimed payouts), so that one
 * side alone decides when the payer is told.
 */
export const TAKE_BACK_DAY = 29;

/** The moments of reminding and of taking back, in milliseconds from when the money began to wait. */
export const UNCLAIMED_STEPS_MS = [...REMINDER_DAYS, TAKE_BACK_DAY].map((days) => days * DAY_MS);
