import type { Money } from '../state/records';

/**
 * Decimals of the currencies that PayPal supports (https://developer.paypal.com/api/rest/reference/currency-codes/).
 * Yen, forint and Taiwan dollar have none.
 */
const DECIMALS: Record<string, number> = {
  AUD: 2,
  BRL: 2,
  CAD: 2,
  CHF: 2,
  CZK: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  HKD: 2,
  HUF: 0,
  ILS: 2,
  JPY: 0,
  MXN: 2,
  NOK: 2,
  NZD: 2,
  PHP: 2,
  PLN: 2,
  SEK: 2,
  SGD: 2,
  THB: 2,
  TWD: 0,
  USD: 2,
};

/** Currencies in which an account cannot keep money, so payouts refuse them. */
export const NON_HOLDING = new Set(['BRL']);

/** The most that is exact in whole minor units and that PayPal's field takes. */
const MOST_DIGITS = 13;

/** Why an amount cannot be used, in the names of PayPal's issues. */
export type AmountProblem =
  | 'INVALID_CURRENCY_CODE'
  | 'INVALID_PARAMETER_SYNTAX'
  | 'DECIMAL_PRECISION'
  | 'DECIMALS_NOT_SUPPORTED'
  | 'CANNOT_BE_NEGATIVE'
  | 'MAX_VALUE_EXCEEDED';

/** Number of decimals of a currency, `undefined` if PayPal does not know it. */
export const decimalsOf = (currency: string): number | undefined => DECIMALS[currency];

/** Reads a decimal string (or number: PayPal takes both) into minor units. */
export function parseAmount(currency: string, value: string | number): Money | AmountProblem {
  const decimals = decimalsOf(currency);
  if (decimals === undefined) return 'INVALID_CURRENCY_CODE';
  const parts = /^(-?)(\d*)(?:\.(\d+))?$/.exec(String(value));
  if (!parts || (!parts[2] && !parts[3])) return 'INVALID_PARAMETER_SYNTAX';
  const [, sign, whole = '', fraction = ''] = parts;
  if (sign) return 'CANNOT_BE_NEGATIVE';
  if (whole.length > MOST_DIGITS) return 'MAX_VALUE_EXCEEDED';
  if (/[1-9]/.test(fraction.slice(decimals))) return decimals === 0 ? 'DECIMALS_NOT_SUPPORTED' : 'DECIMAL_PRECISION';
  if (fraction.length > 2) return 'DECIMAL_PRECISION';
  return { currency, minor: Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0')) };
}

/** Minor units as the decimal string PayPal writes. */
export function decimal({ currency, minor }: Money): string {
  const decimals = decimalsOf(currency) ?? 2;
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return minor < 0 ? `-${text}` : text;
}

/** `{currency_code, value}` of the v2 and v3 APIs. */
export const amountV2 = (money: Money): { currency_code: string; value: string } => ({
  currency_code: money.currency,
  value: decimal(money),
});

/** `{currency, value}` of the v1 APIs. */
export const amountV1 = (money: Money): { currency: string; value: string } => ({
  currency: money.currency,
  value: decimal(money),
});
