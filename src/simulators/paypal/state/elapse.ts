import { settleDuePayouts } from '../payouts/settlement';
import type { World } from './world';

/** The longest life of a PayPal-Request-Id (refunds); after it a key is of no use to anybody. */
const LONGEST_KEY_LIFE_MS = 45 * 86_400_000;

/** PayPal lists webhook events for 30 days. */
const EVENT_LIFE_MS = 30 * 86_400_000;

/** Sign-in sessions and codes are good for ten minutes; a day is plenty. */
const SIGN_IN_LIFE_MS = 86_400_000;

/** Lets time work: payouts settle and unclaimed money returns. Cheap when nothing is due. */
export function elapse(world: World): void {
  settleDuePayouts(world);
}

/** Forgets what time has made useless, so that a long run does not grow without end. To be called now and then. */
export function forgetExpired(world: World): void {
  const now = world.now();
  const expire = <T>(
    collection: { entries(): [string, T][]; delete(id: string): void },
    isOver: (value: T) => boolean,
  ): void => {
    for (const [id, value] of collection.entries()) if (isOver(value)) collection.delete(id);
  };
  expire(world.keys, ({ at }) => at + LONGEST_KEY_LIFE_MS <= now);
  expire(world.accessTokens, ({ expiresAt }) => expiresAt <= now);
  expire(world.codes, ({ createdAt }) => createdAt + SIGN_IN_LIFE_MS <= now);
  expire(world.sessions, ({ signedInAt }) => signedInAt + SIGN_IN_LIFE_MS <= now);
  expire(world.events, ({ id, createdAt }) => createdAt + EVENT_LIFE_MS <= now && !world.undelivered.has(id));
}
