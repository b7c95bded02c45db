import { ApplicationFailure } from '@temporalio/common';
import { allHandlersFinished, condition, log, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import { STEP_UP_LIFE_MS } from '../src/domain/money/step-up';
import type { StepUpAnswer, StepUpInput, StepUpResult } from './messages/step-up';
import { decideStepUpUpdate } from './messages/step-up';
import { step } from './proxies';
import { transition } from './transition';

const identify = step('identifyForStepUp', 'Read who logged in, and compare with the linked account');
const settle = step('settleStepUp', 'Do what was approved, or record that it was cancelled');
const abandon = step('abandonStepUp', 'Record that nobody decided');

/**
 * A fresh login: who logged in must be the owner of the linked account; then a page shows what it is about, and the
 * press on its button does it. A run of its own, because a call to the provider inside of the conversation would hold up
 * everything else that is said there.
 */
export async function stepUp(input: StepUpInput): Promise<StepUpResult> {
  const { stepUpId, personKey } = input;
  const login: { of?: 'identified' | 'refused' } = {};
  let settling: Promise<StepUpAnswer> | undefined;
  setHandler(decideStepUpUpdate, async ({ choice }) => {
    await condition(() => login.of !== undefined);
    if (login.of === 'refused') throw ApplicationFailure.nonRetryable('Somebody else logged in', 'closed');
    settling ??= settle({ stepUpId, personKey, choice, at: Date.now() });
    return settling;
  });
  setDefaultSignalHandler((name) => log.warn('a signal that a fresh login does not know', { name }));

  transition({ details: 'Reading who logged in' });
  login.of = await identify(input);
  if (login.of === 'refused') return over('refused');

  transition({ details: 'Waiting for the press on the page' });
  await condition(() => settling !== undefined, STEP_UP_LIFE_MS, { summary: 'Until the page can no longer be used' });
  // Whoever presses while nobody's decision is being recorded gets the answer that nobody decided.
  settling ??= abandon({ stepUpId });
  return over(await settling);
}

/** Answers everybody who still waits for an answer before the run ends. */
async function over(end: StepUpResult['end']): Promise<StepUpResult> {
  await condition(allHandlersFinished);
  transition({ details: `Ended: ${end}` });
  return { end };
}
