import { SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';
import type { Swept } from '../activities/aftercare/sweep';
import { nightlyRead, step } from './proxies';

const sweepOpenMoney = step('sweepOpenMoney', 'Find payments that nobody looks after');
const sealBooks = step('sealBooks', 'Seal what was booked until today');
const reconcileBooks = nightlyRead('reconcileBooks', 'Compare the books of yesterday with the provider');

/** When a Schedule meant a run to begin; Temporal sets it (documentation, "Schedule", search attributes). */
const MEANT_FOR = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME);

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

/**
 * Every night: seals the books, and compares yesterday, in UTC, with the provider's answers. A night that is made up for
 * later compares the day that it was meant for.
 */
export async function dailyBooks(): Promise<Books> {
  const at = Date.now();
  const night = workflowInfo().typedSearchAttributes.get(MEANT_FOR)?.getTime() ?? at;
  const today = night - (night % DAY_MS);
  const { entries } = await sealBooks({ before: today });
  const { compared, breaks } = await reconcileBooks({ from: today - DAY_MS, to: today, at });
  return { sealed: entries, compared, breaks };
}
