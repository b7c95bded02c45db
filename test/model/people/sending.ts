import type { ThreadMessage } from '../../world/people/phone';
import type { Step } from '../plan/steps';
import type { Person } from './person';
import type { Scene } from './scene';
import { amountIn, dollars, named, whoHas } from './scene';

/** How long somebody waits to hear what became of their money, in milliseconds of real time. */
const OUTCOME_MS = 6_000;

/** A payment from the wish to what became of it, in each of the ways in which people handle a card. */
export async function sends(scene: Scene, step: Extract<Step, { do: 'send' }>): Promise<void> {
  const payer = scene.people[step.from];
  const wish = `send ${dollars(step.minor)} to ${named(scene, step.to)}`;
  const card = await payer.asks(wish);
  switch (step.manner) {
    case 'tap':
      return confirms(payer, card, step.minor);
    case 'double-tap':
      return void (await Promise.all([confirms(payer, card, step.minor), payer.taps(card, 'Confirm')]));
    case 'cancel':
      await payer.taps(card, 'Cancel');
      return void (await payer.taps(card, 'Confirm'));
    case 'old-card': {
      const newer = await payer.asks(wish);
      await payer.taps(card, 'Confirm');
      return confirms(payer, newer, step.minor);
    }
    case 'change': {
      await payer.taps(card, 'Change');
      return confirms(payer, await payer.asks(dollars(step.minor)), step.minor);
    }
    case 'log-in-only':
      return payer.logsIn(await payer.taps(card, 'Confirm'), 'Approve payment');
    case 'leave':
      return;
  }
}

/** Taps **Confirm**, logs in where that is asked for, and waits for what becomes of it. */
export async function confirms(payer: Person, card: ThreadMessage | undefined, minor: number): Promise<void> {
  const since = payer.thread.length;
  const answer = await payer.taps(card, 'Confirm');
  if (!answer) return;
  await payer.logsIn(answer, 'Approve payment', 'Approve');
  const outcome = `(You sent|was not sent|went back|looking into|being checked|reviewing).*`;
  if (/on its way|Approve payment/.test(JSON.stringify(answer)))
    await payer.hears(new RegExp(`${outcome}|${amountIn(minor)}.*${outcome}`), since, OUTCOME_MS);
}

/** Wants unclaimed money back. */
export async function undoes(scene: Scene, { who }: Extract<Step, { do: 'undo' }>): Promise<void> {
  const payer = whoHas(scene, who, 'Undo');
  await payer.taps(payer.newestWith('Undo'), 'Undo');
}
