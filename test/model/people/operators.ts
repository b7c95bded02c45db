import type { Proof } from '../../../src/domain/money/verdicts';
import { Refused } from '../../../src/temporal/gateway';
import { query } from '../../world/time';
import { LINKED } from '../plan/steps';
import { CONNECTED_AT_ONCE, atMost } from './at-most';
import type { Scene } from './scene';

/** What operators do about cases that need no look at the provider. */
const SETTLED_BY: Readonly<Record<string, Proof>> = { reversed: 'loss-accepted', disputed: 'dispute-closed' };

/** Operators settle what is theirs to settle. A difference between books and provider is not: here it is a defect. */
export async function operate(scenes: readonly Scene[]): Promise<void> {
  await atMost(CONNECTED_AT_ONCE, scenes, settleCases);
}

async function settleCases({ world, people }: Scene): Promise<void> {
  const keys = LINKED.map((who) => people[who].key);
  const open = await query(
    world,
    `select c.payment_id, c.kind from money_cases c join payments p using (payment_id)
     where c.settled_at is null and p.payer_key = any($1)`,
    [keys],
  );
  for (const { payment_id: paymentId, kind } of open) {
    const proven = SETTLED_BY[String(kind)];
    if (proven === undefined) continue;
    const verdict = { operator: 'operator', proven, evidence: 'case of the model' };
    await world.gateway.settlePayment(String(paymentId), verdict).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  }
}
