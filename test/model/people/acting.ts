import type { Happening, Step } from '../plan/steps';
import { asks } from './asking';
import {
  claims,
  decides,
  disputes,
  hearsFromInbox,
  holds,
  isJoined,
  isReviewed,
  restricts,
  reverses,
  terminates,
} from './happenings';
import { blocks, changesSource, freezes, links, unlinks } from './linking';
import type { Scene } from './scene';
import { sends, undoes } from './sending';

/** Acts out what happens in one round of a scenario. What cannot go on is given up, as people do; gives those reasons. */
export async function acts(scene: Scene, happenings: readonly Happening[]): Promise<string[]> {
  const givenUp: string[] = [];
  const begun: Promise<void>[] = [];
  for (const { step, meanwhile } of happenings) {
    const acting = act(scene, step).catch((error: unknown) => void givenUp.push(`${step.do}: ${shortly(error)}`));
    begun.push(acting);
    if (!meanwhile) await acting;
  }
  await Promise.all(begun);
  return givenUp;
}

/** Without the address of the page, which is another one each time, and without all the words that stand on it. */
function shortly(error: unknown): string {
  return String(error).replace(/\s+on http:.*/s, '');
}

async function act(scene: Scene, step: Step): Promise<void> {
  switch (step.do) {
    case 'send':
      return sends(scene, step);
    case 'ask':
      return asks(scene, step);
    case 'unlink':
      return unlinks(scene, step);
    case 'link':
      return links(scene.people.cat, step.manner);
    case 'undo':
      return undoes(scene, step);
    case 'claim':
      return claims(scene);
    case 'reverse':
      return reverses(scene, step);
    case 'dispute':
      return disputes(scene);
    case 'terminate':
      return terminates(scene);
    case 'review':
      return isReviewed(scene, step);
    case 'decide':
      return decides(scene, step);
    case 'restrict':
      return restricts(scene, step);
    case 'freeze':
      return freezes(scene, step);
    case 'block':
      return blocks(scene, step);
    case 'source':
      return changesSource(scene, step);
    case 'hold':
      return holds(scene, step);
    case 'chat':
      return void (await scene.people[step.who].asks(step.says));
    case 'person-joins':
      return isJoined(scene, step);
    case 'inbox':
      return hearsFromInbox(scene, step);
  }
}
