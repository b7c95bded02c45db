import { z } from 'zod';
import { fromDecimal, isCurrency, toDecimal } from '../../../domain/money/amounts';
import type { Currency, Money } from '../../../domain/money/amounts';
import { ProviderFailure } from '../../../domain/outcomes';

/** `{currency_code, value}`, PayPal's amounts since v2, read as integer minor units. */
export const money = z
  .object({ currency_code: z.string(), value: z.string() })
  .transform(({ currency_code, value }, context) => readMoney(currency_code, value, context));

/** `{currency, value}`, the older shape that payouts still use. */
export const payoutMoney = z
  .object({ currency: z.string(), value: z.string() })
  .transform(({ currency, value }, context) => readMoney(currency, value, context));

/** Links of a resource to itself and its relatives. */
export const links = z.array(z.object({ href: z.string(), rel: z.string() })).optional();

/**
 * Of the currencies that our code knows, those that PayPal holds and pays out (PayPal REST, "Currency codes"). It writes
 * HUF, JPY and TWD without decimals, and has none with three.
 */
const PAYPAL_CURRENCIES: ReadonlySet<Currency> = new Set([
  'USD',
  'EUR',
  'GBP',
  'CAD',
  'AUD',
  'JPY',
  'HUF',
  'TWD',
] satisfies Currency[]);

/** Writes an amount in the shape of the v2 APIs. @throws ProviderFailure `final` for one that PayPal refuses */
export function writeMoney(amount: Money): { currency_code: string; value: string } {
  return { currency_code: amount.currency, value: writeValue(amount) };
}

/** Writes an amount in the shape of payouts. @throws ProviderFailure `final` for one that PayPal refuses */
export function writePayoutMoney(amount: Money): { currency: string; value: string } {
  return { currency: amount.currency, value: writeValue(amount) };
}

/** Refuses before the call what PayPal would refuse: nothing has left, so nothing can have happened. */
function writeValue(amount: Money): string {
  const refusal =
    (!PAYPAL_CURRENCIES.has(amount.currency) && 'CURRENCY_NOT_SUPPORTED') ||
    ((!Number.isSafeInteger(amount.minor) || amount.minor <= 0) && 'CANNOT_BE_ZERO_OR_NEGATIVE');
  if (refusal) throw new ProviderFailure('final', 'invalid-request', { providerCode: refusal });
  return toDecimal(amount);
}

/** True when both name the same amount of the same currency. */
export function sameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

/** The id at the end of the link `rel` whose address holds `folder`: `up` and `/captures/` give a capture's id. */
export function linkedId(of: z.infer<typeof links>, rel: string, folder: string): string | undefined {
  const href = of?.find((link) => link.rel === rel && link.href.includes(folder))?.href;
  return href?.split(folder).at(-1)?.split(/[/?#]/)[0];
}

function readMoney(code: string, value: string, context: z.RefinementCtx): Money {
  const amount = isCurrency(code) ? fromDecimal(value, code) : undefined;
  if (amount) return amount;
  context.addIssue({ code: 'custom', message: 'is no amount of a known currency' });
  return z.NEVER;
}
