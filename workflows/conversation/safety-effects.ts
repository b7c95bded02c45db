import { step } from '../proxies';
import type { ConversationState } from './state';
import type { Effect, SafetyEffect } from './turn';
import { say } from './turn';

const freeze = step('freezeAccount', 'Freeze the account and make open cards void');
const needCard = step('needCard', 'Prepare the page on which a card is added');
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
    case 'add-card': {
      const needed = await needCard({ personKey, at });
      if (needed === 'frozen') return [{ do: 'say-frozen' }];
      if (needed === 'not-linked') return [say('link.needed-first')];
      return [say('source.add-card', { stepUpId: needed.stepUpId })];
    }
    case 'make-default': {
      const made = await makeDefault({ personKey, source: effect.source });
      if (made === 'frozen') return [{ do: 'say-frozen' }];
      return [say(made === 'changed' ? 'source.is-default' : 'source.unchanged')];
    }
  }
}
