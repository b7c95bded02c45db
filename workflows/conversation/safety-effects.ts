import type { TextKey } from '../../src/domain/chat/say';
import { step } from '../proxies';
import type { ConversationState } from './state';
import type { Effect, SafetyEffect } from './turn';
import { say } from './turn';

const freeze = step('freezeAccount', 'Freeze the account and make open cards void');
const block = step('blockPerson', 'Shut the door to somebody');
const unblock = step('unblockPerson', 'Open the door to somebody again');
const needCard = step('needCard', 'Prepare the page on which a card is added');
const removeCard = step('removeCard', 'Take a card off');
const makeDefault = step('makeDefault', 'Change what pays by default');
const needUnfreezing = step('needUnfreezing', 'Prepare the page that ends the freezing');

/** Does what a dialogue wants done about somebody's safety; gives what follows from the result. */
export async function performSafetyEffect(
  effect: SafetyEffect,
  { input: { personKey } }: ConversationState,
  at: number,
): Promise<Effect[]> {
  switch (effect.do) {
    case 'freeze': {
      const frozen = await freeze({ personKey, at });
      if (frozen === 'nothing-to-freeze') return [say('safety.nothing-to-freeze')];
      return [say('safety.frozen', { stepUpId: frozen.stepUpId })];
    }
    case 'say-frozen':
      return [say('safety.is-frozen', { stepUpId: await needUnfreezing({ personKey, at }) })];
    case 'block':
      return afterBlock(await block({ personKey, who: effect.who }), 'safety.blocked', 'safety.block-whom');
    case 'unblock':
      return afterBlock(await unblock({ personKey, who: effect.who }), 'safety.unblocked', 'safety.not-blocked');
    case 'add-card': {
      const needed = await needCard({ personKey, at });
      if (needed === 'frozen') return [{ do: 'say-frozen' }];
      if (needed === 'not-linked') return [say('link.needed-first')];
      return [say('source.add-card', { stepUpId: needed.stepUpId })];
    }
    case 'remove-card': {
      const removed = await removeCard({ personKey, source: effect.source });
      return removed === 'frozen' ? [{ do: 'say-frozen' }] : [say(AFTER_REMOVAL[removed])];
    }
    case 'make-default': {
      const made = await makeDefault({ personKey, source: effect.source });
      if (made === 'frozen') return [{ do: 'say-frozen' }];
      return [say(made === 'changed' ? 'source.is-default' : 'source.unchanged')];
    }
  }
}

/** A card that is not the person's is answered with those that are. */
const AFTER_REMOVAL = {
  removed: 'source.removed',
  paying: 'source.is-paying',
  void: 'source.remove-which',
} as const satisfies Record<string, TextKey>;

function afterBlock(
  blocked: { kind: 'done'; personName: string } | { kind: 'unknown' } | { kind: 'several' },
  done: TextKey,
  unknown: TextKey,
): Effect[] {
  if (blocked.kind === 'done') return [say(done, { asWritten: blocked.personName })];
  return [say(blocked.kind === 'unknown' ? unknown : 'safety.block-several')];
}
