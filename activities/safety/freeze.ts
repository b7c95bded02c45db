import { STEP_UP_LIFE_MS } from '../../src/domain/money/step-up';
import { newId } from '../../src/identity';
import type { Store } from '../../src/store';
import type { Dependencies } from '../dependencies';

/** Somebody who wants something done, at a moment of workflow time in milliseconds since the epoch. */
export interface AtOfPerson {
  personKey: string;
  at: number;
}

/** Freezing one's own account. Ending it takes a fresh login, whose page each of these prepares. */
export function createFreezing({ store }: Pick<Dependencies, 'store'>): {
  freezeAccount(request: AtOfPerson): Promise<{ stepUpId: string } | 'nothing-to-freeze'>;
  needUnfreezing(request: AtOfPerson): Promise<string>;
} {
  return {
    async freezeAccount({ personKey, at }) {
      // Without an account nobody could ever end it, and there is nothing to protect.
      if (!(await store.links.latest(personKey))) return 'nothing-to-freeze';
      await store.transaction(async (tx) => {
        await tx.safety.freeze(personKey);
        await tx.safety.voidCards(personKey, 'frozen');
      });
      return { stepUpId: await needUnfreezing(store, { personKey, at }) };
    },

    needUnfreezing: (request) => needUnfreezing(store, request),
  };
}

/** Prepares the fresh login that ends the freezing; gives its id. */
export async function needUnfreezing(store: Store, { personKey, at }: AtOfPerson): Promise<string> {
  const stepUpId = newId();
  await store.stepUps.need({ stepUpId, personKey, purpose: 'unfreeze', expiresAt: new Date(at + STEP_UP_LIFE_MS) });
  return stepUpId;
}
