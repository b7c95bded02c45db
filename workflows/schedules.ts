import type { Swept } from '../activities/money/sweep';
import { step } from './proxies';

const sweepOpenMoney = step('sweepOpenMoney', 'Find payments that nobody looks after');

/** Every few minutes: whatever is open about money has an owner afterwards. */
export async function sweepMoney(): Promise<Swept> {
  return sweepOpenMoney({ at: Date.now() });
}
