import type { Money } from '../../src/domain/money/amounts';
import type { Charge, Payout } from '../../src/domain/money/wallet';

/**
 * Accounts of the double-entry ledger. A positive entry is a debit: what we have grows, what we owe shrinks.
 * - `paypal-balance`: our balance at the provider.
 * - `owed`: what payers gave us for payees and payees have not got. Zero once a payment has come to its end; a debit is
 *   what the provider took from us although the payee had been paid.
 * - `fees`: what the provider keeps; the platform bears it.
 * - `losses`: what the platform has given up.
 */
export interface Entry {
  account: 'paypal-balance' | 'owed' | 'fees' | 'losses';
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

/** A payout came back. The provider keeps its fee only for what had been delivered; otherwise `fee` comes back too. */
export function payoutReturned(amount: Money, fee: Money): Entry[] {
  return entries(amount, { 'paypal-balance': amount.minor + fee.minor, owed: -amount.minor, fees: -fee.minor });
}

/** The payer got the whole amount back: from us, or because the provider took it from us. */
export function refunded(amount: Money): Entry[] {
  return entries(amount, { owed: amount.minor, 'paypal-balance': -amount.minor });
}

/** What the payee has and the payer got back is given up. */
export function lost(amount: Money): Entry[] {
  return entries(amount, { losses: amount.minor, owed: -amount.minor });
}

function entries({ currency }: Money, minors: Partial<Record<Entry['account'], number>>): Entry[] {
  return Object.entries(minors)
    .filter(([, minor]) => minor !== 0)
    .map(([account, minor]) => ({ account: account as Entry['account'], amount: { minor, currency } }));
}
