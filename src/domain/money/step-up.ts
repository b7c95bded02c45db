import type { Currency, Money } from './amounts';

const HOUR_MS = 3_600_000;

/**
 * Up to this amount, in minor units, a tap in the chat is enough: what a lost and unlocked phone may cost at most. A
 * currency that is not here has no such amount.
 */
const TAP_IS_ENOUGH_UP_TO: Partial<Record<Currency, number>> = { USD: 25_000 };

/** For so many hours after linking or changing the source, whoever did it has to show again that the account is theirs. */
export const NEW_SOURCE_HOURS = 24;

/**
 * The page of a fresh login can be used for 15 minutes, in milliseconds, as the card that it stands for: long enough for
 * a login, too short for an address that somebody finds later.
 */
export const STEP_UP_LIFE_MS = 15 * 60_000;

/** What the rule looks at. Moments are milliseconds since the epoch, by the workflow's time. */
export interface StepUpFacts {
  amount: Money;
  /** Whether an earlier payment of this payer has arrived at this payee. */
  paidBefore: boolean;
  linkedAt: number;
  /** When a source was last added or the default last changed, if ever. */
  sourceChangedAt?: number;
  at: number;
}

/** Why a tap is not enough. */
export type StepUpReason = 'large-amount' | 'first-payment' | 'new-link' | 'new-source';

/** Why this payment needs a fresh login before it starts; `undefined` where the tap on its card is enough. */
export function stepUpReason(facts: StepUpFacts): StepUpReason | undefined {
  const { amount, paidBefore, linkedAt, sourceChangedAt, at } = facts;
  const isNew = (since: number): boolean => at < since + NEW_SOURCE_HOURS * HOUR_MS;
  if (amount.minor > (TAP_IS_ENOUGH_UP_TO[amount.currency] ?? 0)) return 'large-amount';
  if (!paidBefore) return 'first-payment';
  if (isNew(linkedAt)) return 'new-link';
  return sourceChangedAt !== undefined && isNew(sourceChangedAt) ? 'new-source' : undefined;
}
