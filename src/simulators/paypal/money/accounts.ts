import { newPayerId } from '../state/ids';
import type { Account, AccountState } from '../state/records';
import type { World } from '../state/world';

/** The business account that calls the API, and PayPal's own. Their names are seen on receipts and pages. */
const PLATFORM_EMAIL = 'payments@messenger-platform.example';
const FEES_EMAIL = 'fees@paypal-simulator.example';
const CARDS_EMAIL = 'cards@paypal-simulator.example';

/** USD 1,000,000: a float that no test empties by accident. In minor units. */
const PLATFORM_FLOAT = { USD: 100_000_000 };

/** What a new account needs; balances in minor units. */
export interface NewAccount {
  email: string;
  name: string;
  country: string;
  balances: Record<string, number>;
  state?: AccountState;
  role?: Account['role'];
}

/** Opens an account. The caller has checked that the e-mail address is free. */
export function openAccount(world: World, account: NewAccount): Account {
  return world.addAccount({
    payerId: newPayerId(),
    email: account.email,
    name: account.name,
    country: account.country,
    role: account.role ?? 'person',
    state: account.state ?? 'ok',
    reviewed: false,
    balances: { ...account.balances },
    createdAt: world.now(),
  });
}

/** Opens the platform's account and PayPal's own where they are missing. True on the very first start. */
export function openHouseAccounts(world: World): boolean {
  if (world.account(PLATFORM_EMAIL)) return false;
  openAccount(world, {
    email: PLATFORM_EMAIL,
    name: 'PayPal in Messenger',
    country: 'US',
    role: 'platform',
    balances: PLATFORM_FLOAT,
  });
  openAccount(world, { email: FEES_EMAIL, name: 'PayPal fees', country: 'US', role: 'fees', balances: {} });
  return true;
}

const house = (world: World, email: string): Account => {
  const account = world.account(email);
  if (!account) throw new Error(`the account ${email} is missing`);
  return account;
};

/** The account of the business that calls the API. */
export const platformOf = (world: World): Account => house(world, PLATFORM_EMAIL);
/** The other side of cards. Opened with the first one: it begins with nothing and owes what cards have brought. */
export const cardsOf = (world: World): Account =>
  world.account(CARDS_EMAIL) ??
  openAccount(world, { email: CARDS_EMAIL, name: 'Card networks', country: 'US', role: 'cards', balances: {} });

/** Where PayPal's fees go. */
export const feesOf = (world: World): Account => house(world, FEES_EMAIL);
