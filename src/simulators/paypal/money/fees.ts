import type { Money } from '../state/records';
import { decimalsOf } from './amounts';

/** PayPal's US merchant fee: 2.99 % and 49 cents (https://www.paypal.com/us/business/paypal-business-fees). */
const CAPTURE_RATE_BASIS_POINTS = 299;
const CAPTURE_FIXED_MINOR = 49;
/** Where a currency has no decimals its fixed fee is a round number of units instead. */
const CAPTURE_FIXED_WHOLE = 40;

/** API payouts in the US cost 25 cents an item, whatever the amount (Payouts v1 samples: `payout_item_fee` 0.25). */
const PAYOUT_MINOR = 25;
const PAYOUT_WHOLE = 30;

/** What PayPal keeps of a capture, in minor units; never more than the capture. Rounded half up. */
export function captureFee({ currency, minor }: Money): number {
  const fixed = decimalsOf(currency) === 0 ? CAPTURE_FIXED_WHOLE : CAPTURE_FIXED_MINOR;
  return Math.min(minor, Math.round((minor * CAPTURE_RATE_BASIS_POINTS) / 10_000) + fixed);
}

/** What a payout item costs its sender on top, in minor units. Kept only if the item is paid. */
export function payoutFee(currency: string): number {
  return decimalsOf(currency) === 0 ? PAYOUT_WHOLE : PAYOUT_MINOR;
}
