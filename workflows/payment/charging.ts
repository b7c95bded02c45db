import { CancellationScope, condition } from '@temporalio/workflow';
import type { ChargeResult } from '../../activities/money/results';
import { answerOf, charge, confirmCharge, findCharge } from './calls';
import type { MoneyRun } from './money-run';

/** Takes the amount from the payer, or finds out whether it was taken. `beganAt` places it in the limits' windows. */
export async function takeFromPayer(run: MoneyRun, beganAt: number): Promise<ChargeResult> {
  const taken = await answerOf(charge({ ...run.step(), at: beganAt }));
  return taken?.is ?? findOutWhetherTaken(run);
}

/**
 * The provider has forgotten the key, so repeating the charge could take the money twice. Only looking is left, until
 * the provider tells by itself or a person does.
 */
export async function findOutWhetherTaken(run: MoneyRun): Promise<ChargeResult> {
  run.show('charging', 'No answer to the charge; looking it up at the provider');
  return (await lookUntilTold(run)) ?? (await confirmedBySomebody(run));
}

async function lookUntilTold(run: MoneyRun): Promise<ChargeResult | undefined> {
  const looking = new CancellationScope();
  let looked: { found: ChargeResult | undefined } | undefined;
  void looking
    .run(() => answerOf(findCharge(run.step())))
    .then((answer) => {
      looked = { found: answer?.is };
    });
  await condition(() => looked !== undefined || run.heard.captureId !== undefined);
  if (looked === undefined) looking.cancel();
  return looked?.found;
}

async function confirmedBySomebody(run: MoneyRun): Promise<ChargeResult> {
  for (;;) {
    const told = run.heard.captureId;
    run.heard.captureId = undefined;
    const confirmed = told ? await answerOf(confirmCharge({ ...run.step(), captureId: told })) : undefined;
    if (confirmed) return confirmed.is;
    const verdict = await run.ask('charge', () => run.heard.captureId !== undefined);
    if (verdict?.proven === 'charge-not-taken') return { state: 'declined', reason: 'not-taken' };
    // An operator names the capture; what counts is what is read there.
    if (verdict) run.heard.captureId = verdict.evidence;
  }
}
