import type { Swept } from '../activities/aftercare/sweep';
import { nightlyRead, step } from './proxies';

const sweepOpenMoney = step('sweepOpenMoney', 'Find payments that nobody looks after');
const sealBooks = step('sealBooks', 'Seal what was booked until today');
const reconcileBooks = nightlyRead('reconcileBooks', 'Compare the books of yesterday with the provider');

const DAY_MS = 24 * 3_600_000;

/** Every few minutes: whatever is open about money has an owner afterwards. */
export async function sweepMoney(): Promise<Swept> {
  return sweepOpenMoney({ at: Date.now() });
}

/** What the work of a night on the books came to. */
export interface Books {
  /** Rows that were sealed. */
  sealed: number;
  /** Steps that were compared, and the differences, each of which is a case now. */
  compared: number;
  breaks: number;
}

/** Every night: seals the books, and compares yesterday, in UTC, with the provider's answers. */
export async function dailyBooks(): Promise<Books> {
  const at = Date.now();
  const today = at - (at % DAY_MS);
  const { entries } = await sealBooks({ before: today });
  const { compared, breaks } = await reconcileBooks({ from: today - DAY_MS, to: today, at });
  return { sealed: entries, compared, breaks };
}
