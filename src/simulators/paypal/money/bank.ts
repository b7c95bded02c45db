import { newResourceId } from '../state/ids';
import type { Account, Money, Movement } from '../state/records';
import type { World } from '../state/world';
import { decimal } from './amounts';

/** Where money is while it has left one account and not reached the next. */
export const IN_FLIGHT = 'in-flight';

/** What an account has in a currency, in minor units. */
export const balanceOf = (account: Account, currency: string): number => account.balances[currency] ?? 0;

/** One movement to be made; `from` and `to` are payer ids or {@link IN_FLIGHT}. */
export interface Transfer {
  from: string;
  to: string;
  money: Money;
  why: string;
  reference: string;
  /** PayPal takes back what it must, even if the account has less: reversals and lost disputes. */
  overdraw?: boolean;
}

/** Moves money. Throws if the account has less: operations check before they start, so that none is half done. */
export function transfer(world: World, { from, to, money, why, reference, overdraw = false }: Transfer): void {
  const { currency, minor } = money;
  if (!Number.isSafeInteger(minor) || minor < 0) throw new RangeError(`cannot move ${minor} ${currency}`);
  if (minor === 0) return;
  const payer = from === IN_FLIGHT ? undefined : world.accountOf(from);
  const payee = to === IN_FLIGHT ? undefined : world.accountOf(to);
  if (payer && !overdraw && balanceOf(payer, currency) < minor) throw new RangeError(`${from} has less than ${minor}`);
  if (payer) credit(world, payer, currency, -minor);
  if (payee) credit(world, payee, currency, minor);
  const movement: Movement = { id: newResourceId(), at: world.now(), from, to, currency, minor, why, reference };
  world.movements.set(movement.id, movement);
}

function credit(world: World, account: Account, currency: string, minor: number): void {
  account.balances[currency] = balanceOf(account, currency) + minor;
  world.accounts.set(account.payerId, account);
}

/** Items in these states have left the sender and reached nobody. */
const ITEM_IN_FLIGHT = new Set(['PENDING', 'UNCLAIMED', 'ONHOLD']);

/**
 * All money there is, per currency: what accounts have and what is in flight, the latter counted from the captures and
 * payout items themselves and not from the movements, so that a movement that was forgotten shows.
 */
export function totals(world: World): Record<string, string> {
  const sums: Record<string, number> = {};
  const add = (currency: string, minor: number): void => {
    sums[currency] = (sums[currency] ?? 0) + minor;
  };
  for (const { balances } of world.accounts.values()) {
    for (const [currency, minor] of Object.entries(balances)) add(currency, minor);
  }
  for (const { status, money, feeMinor } of world.items.values()) {
    if (ITEM_IN_FLIGHT.has(status)) add(money.currency, money.minor + feeMinor);
  }
  for (const { status, money } of world.captures.values()) {
    if (status === 'PENDING') add(money.currency, money.minor);
  }
  return Object.fromEntries(
    Object.entries(sums)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([currency, minor]) => [currency, decimal({ currency, minor })]),
  );
}

/** A line of an account's history, newest first. */
export interface HistoryLine {
  at: string;
  /** Signed decimal: negative left the account. */
  amount: string;
  currency: string;
  why: string;
  /** Payer id of the other side, or `in-flight`. */
  other: string;
  reference: string;
}

/** Everything that moved on one account, newest first. */
export function historyOf(world: World, payerId: string): HistoryLine[] {
  return world.movements
    .values()
    .filter(({ from, to }) => from === payerId || to === payerId)
    .map(({ at, from, to, currency, minor, why, reference }) => ({
      at: new Date(at).toISOString(),
      amount: decimal({ currency, minor: from === payerId ? -minor : minor }),
      currency,
      why,
      other: from === payerId ? to : from,
      reference,
    }))
    .sort((one, other) => other.at.localeCompare(one.at));
}
