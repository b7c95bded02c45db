import { openAccount, openHouseAccounts } from './money/accounts';
import { parseAmount } from './money/amounts';
import { vaultWallet } from './vault/payment-tokens';
import type { World } from './state/world';

/** An account to begin with; balances as decimal strings. */
export interface SeedAccount {
  email: string;
  name: string;
  country: string;
  balances: Record<string, string>;
}

/** A wallet that is in the vault from the beginning. */
export interface SeedWallet {
  email: string;
  paymentTokenId: string;
  customerId: string;
}

/** Opens the accounts of the very first start, and vaults wallets that are missing. Throws for a wrong amount. */
export function seed(world: World, accounts: SeedAccount[], wallets: SeedWallet[]): void {
  if (openHouseAccounts(world)) {
    for (const account of accounts) openAccount(world, { ...account, balances: inMinorUnits(account.balances) });
  }
  for (const { email, paymentTokenId, customerId } of wallets) {
    const account = world.account(email);
    if (!account) throw new Error(`a wallet of ${email} cannot be vaulted: there is no such account`);
    if (world.paymentTokens.has(paymentTokenId)) continue;
    const echo = { usage_type: 'MERCHANT', customer_type: 'CONSUMER', permit_multiple_payment_tokens: false };
    const { payerId } = account;
    vaultWallet(world, { id: paymentTokenId, customerId, payerId, echo, createdAt: world.now() });
  }
}

function inMinorUnits(balances: Record<string, string>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(balances).map(([currency, value]) => {
      const money = parseAmount(currency, value);
      if (typeof money === 'string') throw new Error(`${value} ${currency} is no amount: ${money}`);
      return [currency, money.minor];
    }),
  );
}
