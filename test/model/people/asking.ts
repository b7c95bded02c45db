import type { Linked, Step } from '../plan/steps';
import type { Person } from './person';
import type { Scene } from './scene';
import { dollars } from './scene';
import { confirms } from './sending';

type Asking = Extract<Step, { do: 'ask' }>;

/** How long somebody waits to be asked, in milliseconds of real time. */
const ASKED_WITHIN_MS = 3_000;

/** A request or a split, from the wish over everybody's answers to what the requester does about it. */
export async function asks(scene: Scene, step: Asking): Promise<void> {
  const requester = scene.people[step.from];
  const payers = step.of.filter((name) => name !== step.from);
  const names = payers.map((name) => scene.people[name].firstName).join(' and ');
  const wish = step.split
    ? `split ${dollars(step.minor)} with ${names}`
    : `request ${dollars(step.minor)} from ${names}`;
  const card = await requester.asks(wish);
  if (step.answer === 'drop') return void (await requester.taps(card, 'Cancel'));
  const before = new Map(payers.map((name) => [name, scene.people[name].thread.length]));
  const managed = await requester.taps(card, 'Send request');
  const answers = payers.map((name) => answersTo(scene, name, step, before.get(name) ?? 0));
  if (step.afterwards === 'cancel-at-once') await requester.taps(managed, 'Cancel request');
  await Promise.all(answers);
  await concludes(requester, step);
}

async function answersTo(scene: Scene, name: Linked, step: Asking, since: number): Promise<void> {
  const payer = scene.people[name];
  if (step.answer === 'ignore') return;
  const asked = await payer.hears(
    new RegExp(`${scene.people[step.from].firstName} asks you for`),
    since,
    ASKED_WITHIN_MS,
  );
  if (step.answer === 'decline') return void (await payer.taps(asked, 'Decline'));
  if (step.answer === 'decline-in-words') return void (await payer.asks('decline'));
  const card = await payer.taps(asked, 'Pay');
  const second = step.answer === 'pay-twice' ? await payer.taps(asked, 'Pay') : undefined;
  await Promise.all([confirms(payer, card, step.minor), payer.taps(second, 'Confirm')]);
}

/** What the requester does in the end; what was paid before a cancellation is offered to be sent back, and is. */
async function concludes(requester: Person, { afterwards, minor }: Asking): Promise<void> {
  const managed = requester.newestWith('Cancel request');
  switch (afterwards) {
    case 'cancel': {
      const since = requester.thread.length;
      const answer = requester.taps(managed, 'Cancel request');
      const cancelled = await requester.hears(/The request is cancelled/, since);
      const [back] = cancelled?.quickReplies ?? [];
      if (back) await confirms(requester, await requester.taps(cancelled, back.title), minor);
      return void (await answer);
    }
    case 'remind':
      return void (await requester.taps(managed, 'Remind'));
    case 'look':
      return void (await requester.taps(managed, 'Who has paid'));
    case 'nothing':
    case 'cancel-at-once':
      return;
  }
}
