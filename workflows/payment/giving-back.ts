import { answerOf, recordRefund, refund } from './calls';
import type { MoneyRun } from './money-run';

/**
 * Gives the payer the amount back, unless the provider has done so by taking the charge back. Says which it was: only
 * one of the two may be booked.
 */
export async function giveBackToPayer(run: MoneyRun): Promise<{ reversed: boolean }> {
  if (run.heard.reversal) return { reversed: true };
  run.show('refunding', 'Giving the amount back to the payer');
  if (await answerOf(refund(run.step()))) return { reversed: false };
  const verdict = await run.ask('refund', () => run.heard.reversal !== undefined);
  if (!verdict) return { reversed: true };
  await recordRefund({ ...run.step(), refundId: verdict.evidence });
  return { reversed: false };
}
