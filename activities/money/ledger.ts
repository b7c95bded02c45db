import type { Money } from '../../src/domain/money/amounts';
import type { Charge, Payout } from '../../src/domain/money/wallet';

/**
 * Accounts of the double-entry ledger. A positive entry is a debit: what we have grows, what we owe shrinks.
 * - `paypal-balance`: our balance at the provider.
 * - `owed`: what payers gave us for payees and payees have not got.
 * - `fees`: what the provider keeps; the platform bears it.
 */
export interface Entry {
  account: 'paypal-balance' | 'owed' | 'fees';
  amount: Money;
}

/** The payer's money came in, less the provider's fee, and is owed to the payee in full. */
export function charged({ gross, fee }: Pick<Charge, 'gross' | 'fee'>): Entry[] {
  return entries(gross, { 'paypal-balance': gross.minor - fee.minor, fees: fee.minor, owed: -gross.minor });
}

/** The payee's money left, and the provider's fee with it. */
export function paidOut({ amount, fee }: Pick<Payout, 'amount' | 'fee'>): Entry[] {
  return entries(amount, { owed: amount.minor, fees: fee.minor, 'paypal-balance': -amount.minor - fee.minor });
}

/** A payout came back unclaimed or refused; the provider keeps its fee. */
export function payoutReturned({ amount }: Pick<Payout, 'amount'>): Entry[] {
  return entries(amount, { 'paypal-balance': amount.minor, owed: -amount.minor });
}

/** The payer got the whole amount back. */
export function refunded(amount: Money): Entry[] {
  return entries(amount, { owed: amount.minor, 'paypal-balance': -amount.minor });
}

function entries({ currency }: Money, minors: Partial<Record<Entry['account'], number>>): Entry[] {
  return Object.entries(minors)
    .filter(([, minor]) => minor !== 0)
    .map(([account, minor]) => ({ account: account as Entry['account'], amount: { minor, currency } }));
}
