import { actOut } from './acting-out';
import { Coverage } from './chaos/coverage';
import { killPointsOf } from './chaos/killing';
import { ALL_TROUBLE } from './chaos/provoking';
import { statementSince } from './oracles/statement';
import { sumsOf, wrongIn, wrongInWorld } from './oracles/judging';
import type { Plan } from './plan/plan';
import { SkippedTime, TimeStands } from './time/skipped-time';
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

/** Acts out all plans, a batch at a time and each in a world of its own, and judges what is left. */
export async function run(plans: readonly Plan[], batchSize: number): Promise<Outcome> {
  const coverage = new Coverage();
  coverage.expect([...ALL_TROUBLE, ...killPointsOf(ACTIVITIES.filter((name) => !NOT_COUNTED_ON.has(name)))]);
  const outcome: Outcome = { failures: [], world: [], coverage, givenUp: new Map() };
  for (let from = 0; from < plans.length; from += batchSize) {
    const batch = plans.slice(from, from + batchSize);
    const { failures, world, givenUp, reached } = await onceMoreIfTimeStands(() => runBatch(batch));
    coverage.add(reached);
    outcome.failures.push(...failures);
    outcome.world.push(...world);
    for (const why of givenUp) outcome.givenUp.set(why, (outcome.givenUp.get(why) ?? 0) + 1);
  }
  return outcome;
}

/**
 * On a busy machine time now and then stands with nothing under way, and why is not known. The batch is acted out once
 * more, and what the first try reached does not count; a second time is an error.
 */
async function onceMoreIfTimeStands<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TimeStands)) throw error;
    process.stdout.write(`${error.message}: the batch is acted out once more.\n`);
    return work();
  }
}

async function runBatch(
  plans: readonly Plan[],
): Promise<{ failures: Failure[]; world: string[]; givenUp: string[]; reached: Coverage }> {
  const coverage = new Coverage();
  const since = Date.now() - DAY_MS;
  const town = await openTown(plans, coverage, await SkippedTime.begin());
  try {
    const before = await sumsOf(town.world);
    const acted = await actOut(
      town,
      plans.map((plan, place) => ({ plan, place })),
      coverage,
    );
    const statement = await statementSince(town.world, since);
    const failures: Failure[] = [];
    for (const one of acted) {
      const wrongs = await wrongIn(one, statement);
      if (wrongs.length > 0) failures.push({ plan: one.scene.plan, wrongs });
    }
    const givenUp = acted.flatMap((one) => one.givenUp);
    return { failures, world: await wrongInWorld(town.world, before), givenUp, reached: coverage };
  } finally {
    await town.close();
  }
}
