import { accountOf } from '../world/people/citizens';
import { query } from '../world/time';
import type { World } from '../world/world';

/** What the platform had at the simulated PayPal before anything was booked, in cents. */
export async function floatOf(world: World): Promise<number> {
  return (await platformCents(world)) - (await bookedCents(world));
}

/** The books are sound: every payment's entries sum to zero, and they say of our balance what PayPal says. */
export async function expectSoundBooks(world: World, float: number): Promise<void> {
  expect(await world.store.ledger.firstUnbalanced()).toBeUndefined();
  expect(await floatOf(world)).toBe(float);
}

async function bookedCents(world: World): Promise<number> {
  const [row] = await query(
    world,
    `select coalesce(sum(amount_minor), 0)::int as minor from ledger_entries where account = 'paypal-balance'`,
  );
  return Number(row?.['minor']);
}

async function platformCents({ paypal }: World): Promise<number> {
  const answer = await fetch(`${paypal}/_sim/accounts`);
  const { accounts } = (await answer.json()) as { accounts: { email: string }[] };
  const email = accounts.find((account) => account.email.startsWith('payments@'))?.email ?? '';
  return Math.round(Number((await accountOf(paypal, email)).balances['USD']) * 100);
}
