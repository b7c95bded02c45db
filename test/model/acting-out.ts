import { SWEEP_MONEY } from '../../workflows/messages/schedules';
import { send } from '../world/simulators';
import type { Coverage } from './chaos/coverage';
import { Provocation } from './chaos/provoking';
import { acts } from './people/acting';
import { CONNECTED_AT_ONCE, atMost } from './people/at-most';
import { castOf } from './people/cast';
import { operate } from './people/operators';
import type { Scene } from './people/scene';
import type { Plan } from './plan/plan';
import { TimeStands } from './time/skipped-time';
import type { Town } from './town';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A provider's key of a charge is forgotten within this time, and everything that waits for minutes goes on. */
const HOURS = [1, 7];

/** Reminders, expiries and the taking back of unclaimed money lie in between; the last is when all must be over. */
const DAYS = [1, 3, 4, 7, 11, 5];

/** Nothing happens any more when nothing has happened for so long: a delivery that is repeated waits for a second. */
const STILL_MS = 400;
const STILL_AFTER_REPEATS_MS = 1_800;
/** By then everything that real time decides has been decided, in milliseconds. */
const STILL_WITHIN_MS = 20_000;

/** Scenarios that are acted out at the same moment: with more of them people wait for the machine, and give up. */
const AT_ONCE = 20;

/** What is left of scenarios that were acted out, for whoever judges them. */
export interface ActedOut {
  scene: Scene;
  /** Steps that could not go on, with the reason. */
  givenUp: string[];
}

/**
 * Acts out plans side by side, from what people do at first to the day on which everything must have come to its end:
 * what goes wrong ends before that, and time passes until nothing waits for it.
 */
export async function actOut(
  town: Town,
  plans: readonly { plan: Plan; place: number }[],
  coverage: Coverage,
): Promise<ActedOut[]> {
  const { world, attribution, stillness, time } = town;
  const scenes = await atMost(CONNECTED_AT_ONCE, plans, ({ plan, place }) => castOf(town, plan, place));
  const provocation = new Provocation(coverage);
  for (const scene of scenes) {
    for (const { key } of Object.values(scene.people)) attribution.add(key, scene);
    await provocation.provoke(scene);
    if (scene.plan.trouble.eve === 'restricted') await restrict(scene);
  }

  const first = await round(({ plan }) => plan.now);
  for (const hours of HOURS) await passes(hours * HOUR_MS);
  await provocation.restore();
  for (const scene of scenes) scene.outage = false;
  await sweep();

  const later = await round(({ plan }) => plan.later);
  await provocation.calm();
  await stillness.lasts(STILL_AFTER_REPEATS_MS, STILL_WITHIN_MS);
  await operate(scenes);
  for (const days of DAYS) await passes(days * DAY_MS);
  await sweep();
  await operate(scenes);
  await sweep();
  await passes(DAY_MS);
  return scenes.map((scene, at) => ({ scene, givenUp: [...(first[at] ?? []), ...(later[at] ?? [])] }));

  /** Everybody does what is theirs. */
  async function round(of: (scene: Scene) => Plan['now']): Promise<string[][]> {
    const givenUp = await atMost(AT_ONCE, scenes, (scene) => acts(scene, of(scene)));
    await stillness.lasts(STILL_MS, STILL_WITHIN_MS);
    return givenUp;
  }

  async function passes(milliseconds: number): Promise<void> {
    await time.pass(milliseconds).catch((error: unknown) => {
      const running = stillness.inWords();
      if (error instanceof TimeStands && running !== undefined) throw new Error(`${error.message}: ${running}`);
      throw error;
    });
    await stillness.lasts(STILL_MS, STILL_WITHIN_MS);
  }

  /** What its Schedule does every few minutes. */
  async function sweep(): Promise<void> {
    const workflowId = `sweep-${performance.now()}`;
    await world.client.workflow.execute(SWEEP_MONEY, { workflowId, taskQueue: world.taskQueues.money, args: [] });
    await stillness.lasts(STILL_MS, STILL_WITHIN_MS);
  }
}

async function restrict({ world, people }: Scene): Promise<void> {
  const account = `${world.paypal}/_sim/accounts/${encodeURIComponent(people.eve.email)}`;
  await send(account, { state: 'restricted' }, 'PATCH');
}
