/**
 * An amount of money: an integer count of the currency's smallest unit. Decimal strings exist only at a provider's
 * edge and in texts; everything between computes with these.
 */
export interface Money {
  /** Integer count of minor units (cents for USD). Never negative where it stands for an amount to move. */
  minor: number;
  /** ISO 4217 code, upper case. */
  currency: Currency;
}

/**
 * Currencies the code is right for, with their decimal digits (ISO 4217). PayPal itself holds HUF, JPY and TWD without
 * decimals (PayPal REST currency codes), so two of them differ from ISO on purpose. A provider's adapter refuses those
 * that the provider does not take.
 */
export const MINOR_DIGITS = { USD: 2, EUR: 2, GBP: 2, CAD: 2, AUD: 2, JPY: 0, HUF: 0, TWD: 0, KWD: 3 } as const;

/** ISO 4217 code of a currency the code knows. */
export type Currency = keyof typeof MINOR_DIGITS;

/** True when the code names a currency of {@link MINOR_DIGITS}. */
export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(MINOR_DIGITS, code);
}

/** The amount as the decimal string providers take: `{minor: 2000, currency: 'USD'}` gives `"20.00"`. */
export function toDecimal({ minor, currency }: Money): string {
  const digits = MINOR_DIGITS[currency];
  const sign = minor < 0 ? '-' : '';
  const units = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? `${sign}${units}` : `${sign}${units.slice(0, -digits)}.${units.slice(-digits)}`;
}

/**
 * Reads a decimal string exactly, without floating point. Gives `undefined` when it is no number or has more decimals
 * than the currency; thousands separators (`1,000.50`) are accepted.
 */
export function fromDecimal(text: string, currency: Currency): Money | undefined {
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = MINOR_DIGITS[currency];
  // PayPal answers "1.0" for one dollar, so trailing zeros beyond the currency's digits carry no information.
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return undefined;
  const minor = Number(whole.replaceAll(',', '') + significant.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? { minor: sign ? -minor : minor, currency } : undefined;
}

/** Adds two amounts. @throws RangeError when the currencies differ: no amount is ever converted silently. */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${a.currency} and ${b.currency}`);
  return { minor: a.minor + b.minor, currency: a.currency };
}
