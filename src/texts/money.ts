import type { Money } from '../domain/money/amounts';
import { MINOR_DIGITS, toDecimal } from '../domain/money/amounts';

/** An amount as people read it, currency included: `$20.00`, `€5.50`, `¥300`. */
export function shown(amount: Money, locale = 'en-US'): string {
  const digits = MINOR_DIGITS[amount.currency];
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: amount.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // A decimal string keeps every digit; a division would not for large amounts.
  return format.format(toDecimal(amount) as Intl.StringNumericLiteral);
}
