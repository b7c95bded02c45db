import { actOut } from './acting-out';
import { Coverage } from './chaos/coverage';
import { killPointsOf } from './chaos/killing';
import { ALL_TROUBLE } from './chaos/provoking';
import { statementSince } from './oracles/statement';
import { sumsOf, wrongIn, wrongInWorld } from './oracles/judging';
import type { Plan } from './plan/plan';
import { SkippedTime } from './time/skipped-time';
import { NOT_COUNTED_ON } from './plan/trouble';
import { ACTIVITIES, openTown } from './town';

/** A scenario after which something was wrong. */
export interface Failure {
  plan: Plan;
  wrongs: string[];
}

/** What came of a run. */
export interface Outcome {
  failures: Failure[];
  /** What is wrong in the world as a whole, and which seeds were in it. */
  world: string[];
  coverage: Coverage;
  /** Steps that could not go on, with how often. */
  givenUp: Map<string, number>;
}

const DAY_MS = 86_400_000;

/** Acts out all plans in one world, batch after batch, and judges what is left. */
export async function run(plans: readonly Plan[], batchSize: number): Promise<Outcome> {
  const coverage = new Coverage();
  coverage.expect([...ALL_TROUBLE, ...killPointsOf(ACTIVITIES.filter((name) => !NOT_COUNTED_ON.has(name)))]);
  const outcome: Outcome = { failures: [], world: [], coverage, givenUp: new Map() };
  const since = Date.now() - DAY_MS;
  const town = await openTown(plans, coverage, await SkippedTime.begin());
  try {
    const before = await sumsOf(town.world);
    for (const batch of batchesOf(plans, batchSize)) {
      const acted = await actOut(town, batch, coverage);
      const statement = await statementSince(town.world, since);
      for (const one of acted) {
        const wrongs = await wrongIn(one, statement);
        if (wrongs.length > 0) outcome.failures.push({ plan: one.scene.plan, wrongs });
        for (const why of one.givenUp) outcome.givenUp.set(why, (outcome.givenUp.get(why) ?? 0) + 1);
      }
    }
    outcome.world.push(...(await wrongInWorld(town.world, before)));
    return outcome;
  } finally {
    await town.close();
  }
}

/** So many plans at a time, each with its place in the world. */
function batchesOf(plans: readonly Plan[], size: number): { plan: Plan; place: number }[][] {
  const placed = plans.map((plan, place) => ({ plan, place }));
  const batches = Math.ceil(placed.length / size);
  return Array.from({ length: batches }, (_batch, at) => placed.slice(at * size, (at + 1) * size));
}
