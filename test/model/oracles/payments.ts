import { query } from '../../world/time';
import type { Scene } from '../people/scene';
import { LINKED } from '../plan/steps';
import type { Moved } from './statement';
import { NOTHING } from './statement';

/** One payment as the application has it. */
export interface Kept {
  payment_id: string;
  payer_key: string;
  share_id: string | null;
  state: string;
  minor: number;
  /** Cases that are open about it. */
  cases: number;
  /** Those that say that our books and PayPal's differ. */
  breaks: number;
  /** Room under the limits that it still takes. */
  room: number;
  /** What its ledger leaves over, and what it leaves owed. */
  unbalanced: number;
  owed: number;
  booked: number;
  /** What its ledger has of our balance at PayPal. */
  balance: number;
}

/** States with which a payment has come to its end. Cards that nobody confirmed move nothing. */
const ENDED = new Set(['draft', 'replaced', 'cancelled', 'declined', 'paid', 'refunded', 'reversed']);
const WITH_PAYER = new Set(['draft', 'replaced', 'cancelled', 'declined', 'refunded']);

/** All payments of the scenario's people. */
export async function paymentsOf({ world, people }: Scene): Promise<Kept[]> {
  const keys = LINKED.map((who) => people[who].key);
  const rows = await query(
    world,
    `select p.payment_id, p.payer_key, p.share_id, p.state, p.amount_minor::int as minor,
       (select count(*)::int from money_cases c where c.payment_id = p.payment_id and c.settled_at is null) as cases,
       (select count(*)::int from money_cases c
         where c.payment_id = p.payment_id and c.kind = 'break') as breaks,
       (select count(*)::int from limit_reservations r
         where r.payment_id = p.payment_id and r.state = 'reserved') as room,
       coalesce((select sum(amount_minor)::int from ledger_entries e where e.payment_id = p.payment_id), 0) as unbalanced,
       coalesce((select sum(amount_minor)::int from ledger_entries e
         where e.payment_id = p.payment_id and account = 'owed'), 0) as owed,
       coalesce((select sum(amount_minor)::int from ledger_entries e
         where e.payment_id = p.payment_id and account = 'paypal-balance'), 0) as balance,
       (select count(*)::int from ledger_entries e where e.payment_id = p.payment_id) as booked
     from payments p where p.payer_key = any($1) order by p.created_at`,
    [keys],
  );
  return rows as unknown as Kept[];
}

/**
 * What is wrong about the money of one payment, by what PayPal did and what the books say. Where no event of PayPal's
 * ever arrives (`deaf`), the nightly comparison is what finds the rest, and makes a case of it.
 */
export function wrongAbout(kept: Kept, moved: Moved = NOTHING, deaf = false): string[] {
  const taken = moved.captures.reduce((sum, minor) => sum + minor, 0);
  const arrived = moved.payouts.filter(({ is }) => is === 'arrived').reduce((sum, { minor }) => sum + minor, 0);
  const owned = kept.cases > 0;
  const differs = kept.balance !== moved.ours && kept.balance !== moved.ours - moved.doubtful;
  const wrongs: [boolean, string][] = [
    [kept.breaks > 0 && !deaf, 'differs in our books and in those of PayPal, and became a case'],
    [differs && !owned, `has ${kept.balance} in our books and ${moved.ours} at PayPal`],
    [moved.captures.length > 1, `was charged ${moved.captures.length} times`],
    [moved.returned > taken, `${moved.returned} went back of ${taken}`],
    [arrived > kept.minor, `${arrived} was paid out of ${kept.minor}`],
    [kept.unbalanced !== 0, `its ledger leaves ${kept.unbalanced} over`],
    [!ENDED.has(kept.state) && !owned, `is ${kept.state} and nobody's`],
    [
      WITH_PAYER.has(kept.state) && !owned && taken - moved.returned !== 0,
      `is ${kept.state}, and PayPal kept ${taken}`,
    ],
    [WITH_PAYER.has(kept.state) && !owned && arrived > 0, `is ${kept.state}, and ${arrived} arrived`],
    [kept.state === 'paid' && !owned && (taken !== kept.minor || moved.returned > 0), `is paid with ${taken} taken`],
    [kept.state === 'paid' && !owned && arrived !== kept.minor, `is paid, and ${arrived} arrived`],
    [ENDED.has(kept.state) && !owned && kept.owed !== 0, `has ended and leaves ${kept.owed} owed`],
    [taken > 0 && kept.booked === 0 && !owned, 'was charged and is not in the books'],
    [ENDED.has(kept.state) && kept.room > 0, 'has ended and still takes room under the limits'],
  ];
  const name = `the payment of ${kept.minor} (${kept.payment_id})`;
  return wrongs.flatMap(([wrong, words]) => (wrong ? [`${name} ${words}`] : []));
}

/** Shares that were paid more than once. */
export function paidTwice(payments: readonly Kept[]): string[] {
  const paid = payments.filter(({ share_id, state }) => share_id !== null && state === 'paid');
  const shares = paid.map(({ share_id }) => share_id);
  return shares.flatMap((share, place) => (shares.indexOf(share) < place ? [`the share ${share} was paid twice`] : []));
}
