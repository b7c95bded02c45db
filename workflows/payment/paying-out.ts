import { condition } from '@temporalio/workflow';
import { REMINDER_DAYS, UNCLAIMED_STEPS_MS } from '../../src/domain/money/unclaimed';
import type { Payout } from '../../src/domain/money/wallet';
import { answerOf, findPayout, payOut, remindOfUnclaimed, takeBack } from './calls';
import { isFinal } from './money-run';
import type { MoneyRun } from './money-run';

/** Reviews end after days and tell of it; a lost event is found on the next day. */
const LOOK_AT_REVIEW_EVERY = '24h';

/** Sends the amount to the payee and waits until either the payee or we certainly have it. */
export async function payToPayee(run: MoneyRun): Promise<Payout> {
  const answered = await answerOf(payOut(run.step()));
  let payout = answered?.is ?? (await settledByOperator(run));
  while (!isFinal(payout)) {
    payout = payout.state === 'unclaimed' ? await waitForClaim(run, payout) : await waitForReview(run, payout);
  }
  return payout;
}

/**
 * Reminds the payer on some days, and takes the amount back in the end, or as soon as that is wanted. Whether it was
 * claimed before it could be taken back is for the provider to say.
 */
async function waitForClaim(run: MoneyRun, payout: Payout): Promise<Payout> {
  run.show('unclaimed', 'Waiting for the payee to claim the amount');
  await run.conclude('unclaimed', { payout });
  const since = Date.now();
  for (const [place, after] of UNCLAIMED_STEPS_MS.entries()) {
    const day = REMINDER_DAYS[place];
    const summary = day === undefined ? 'Until unclaimed money is taken back' : `Until the reminder of day ${day}`;
    await condition(() => heardTheEnd(run) || run.wantsBack(), Math.max(since + after - Date.now(), 1), { summary });
    if (heardTheEnd(run) && run.heard.payout) return run.heard.payout;
    if (day === undefined || run.wantsBack()) break;
    const changed = await remindOfUnclaimed({ ...run.step(), day });
    if (changed) return changed;
  }
  run.show('unclaimed', 'Taking back what nobody has claimed');
  const back = await answerOf(takeBack(run.step()));
  return back?.is ?? (await settledByOperator(run));
}

async function waitForReview(run: MoneyRun, payout: Payout): Promise<Payout> {
  run.show('in-review', 'The provider reviews the payout');
  await run.conclude('in-review', { payout });
  const reviewed = (): boolean => run.heard.payout?.state === 'unclaimed' || heardTheEnd(run);
  for (;;) {
    await condition(reviewed, LOOK_AT_REVIEW_EVERY, { summary: 'Until the review is looked at again' });
    const now = reviewed() ? run.heard.payout : (await answerOf(findPayout(run.step())))?.is;
    if (now && (isFinal(now) || now.state === 'unclaimed')) return now;
  }
}

async function settledByOperator(run: MoneyRun): Promise<Payout> {
  const { amount } = run.step();
  const verdict = await run.ask('payout', () => heardTheEnd(run));
  if (!verdict && run.heard.payout) return run.heard.payout;
  const state = verdict?.proven === 'payout-paid' ? 'paid' : 'returned';
  return { batchId: verdict?.evidence ?? '', state, amount, fee: { ...amount, minor: 0 } };
}

function heardTheEnd({ heard }: MoneyRun): boolean {
  return heard.payout !== undefined && isFinal(heard.payout);
}
