import type { Currency, Money } from '../domain/money/amounts';
import { MINOR_DIGITS, toDecimal } from '../domain/money/amounts';

/** By locale and currency: to make one takes many times as long as to use it. */
const formats = new Map<string, Intl.NumberFormat>();

/** An amount as people read it, currency included: `$20.00`, `€5.50`, `¥300`. */
export function shown(amount: Money, locale = 'en-US'): string {
  // A decimal string keeps every digit; a division would not for large amounts.
  return formatOf(amount.currency, locale).format(toDecimal(amount) as Intl.StringNumericLiteral);
}

function formatOf(currency: Currency, locale: string): Intl.NumberFormat {
  const name = `${locale} ${currency}`;
  const digits = MINOR_DIGITS[currency];
  const format =
    formats.get(name) ??
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  formats.set(name, format);
  return format;
}
