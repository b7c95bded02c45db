import { query } from '../../world/time';
import type { World } from '../../world/world';
import type { ActedOut } from '../acting-out';
import { unanswered } from './answers';
import { paidTwice, paymentsOf, wrongAbout } from './payments';
import type { Moved } from './statement';
import { untrueWords } from './words';

/** What is wrong after one scenario. */
export async function wrongIn({ scene }: ActedOut, statement: ReadonlyMap<string, Moved>): Promise<string[]> {
  const payments = await paymentsOf(scene);
  return [
    ...payments.flatMap((kept) => wrongAbout(kept, statement.get(kept.payment_id), scene.plan.weather === 'none')),
    ...paidTwice(payments),
    ...untrueWords(scene, payments, statement),
    ...(await unanswered(scene)),
  ];
}

/** What is wrong in the world as a whole: money was made or lost, or our books and PayPal's differ. */
export async function wrongInWorld(world: World, before: Sums): Promise<string[]> {
  const after = await sumsOf(world);
  // A difference that is somebody's case is judged with its payment.
  const differs = after.breaks === 0 && after.float !== before.float;
  const wrongs: [boolean, string][] = [
    [after.total !== before.total, `all money there is was ${before.total} and is ${after.total}`],
    [differs, `our account and our books differed by ${before.float} and now by ${after.float}`],
  ];
  return wrongs.flatMap(([wrong, words]) => (wrong ? [words] : []));
}

/** All money there is, and what our account at PayPal has beyond our books, in minor units; and open differences. */
export interface Sums {
  total: number;
  float: number;
  breaks: number;
}

export async function sumsOf(world: World): Promise<Sums> {
  const totals = (await world.totals()) as { USD: string };
  const { accounts } = (await (await fetch(`${world.paypal}/_sim/accounts`)).json()) as {
    accounts: { email: string; balances: Record<string, string> }[];
  };
  const ours = accounts.find(({ email }) => email.startsWith('payments@'));
  const [books] = await query(
    world,
    `select coalesce(sum(amount_minor), 0)::int as minor,
       (select count(*)::int from money_cases where kind = 'break') as breaks
     from ledger_entries where account = 'paypal-balance'`,
  );
  return {
    total: Math.round(Number(totals.USD) * 100),
    float: Math.round(Number(ours?.balances['USD'] ?? '0') * 100) - Number(books?.['minor']),
    breaks: Number(books?.['breaks']),
  };
}
