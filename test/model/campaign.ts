import fc from 'fast-check';
import { planOf, plansOf } from './plan/plan';
import type { Plan } from './plan/plan';
import type { Failure, Outcome } from './running';
import { run } from './running';
import { ACTIVITIES } from './town';

/** A run of many scenarios, as a test file asks for it. */
export interface Campaign {
  /** The test file, for the command that repeats a scenario. */
  file: string;
  seeds: readonly number[];
  /** How many are acted out side by side. */
  batch: number;
}

/** More would bury the first ones. */
const SHOWN_AT_MOST = 10;

/** So long is looked for a smaller plan that fails too, in milliseconds. */
const SHRINK_WITHIN_MS = 480_000;

/** The seeds to run: those that the environment asks for, or the file's own. */
export function seedsOr(own: readonly number[]): readonly number[] {
  const seed = process.env['MODEL_SEED'];
  const scenarios = process.env['MODEL_SCENARIOS'];
  if (seed === undefined && scenarios === undefined) return own;
  const first = Number(seed ?? own[0]);
  return Array.from({ length: Number(scenarios ?? own.length) }, (_seed, place) => first + place);
}

/**
 * Runs the campaign, and says what people gave up in it and what it did not reach.
 * @throws with everything that was wrong, and the commands that repeat it
 */
export async function wage({ file, seeds, batch }: Campaign): Promise<Outcome> {
  const plans = seeds.map((seed) => planOf(seed, ACTIVITIES));
  const outcome = await run(plans, batch);
  process.stdout.write(summary(file, seeds.length, outcome));
  const { failures, world } = outcome;
  if (failures.length === 0 && world.length === 0) return outcome;
  const [only] = seeds;
  const smallest = seeds.length === 1 && only !== undefined ? await smallestFailing(only) : undefined;
  throw new Error(
    [
      `${failures.length} of ${seeds.length} scenarios went wrong.`,
      ...failures.slice(0, SHOWN_AT_MOST).map((failure) => inWords(failure, file)),
      ...world.map((wrong) => `In the world as a whole: ${wrong}.`),
      ...(smallest ? [`The smallest plan that fails:\n${JSON.stringify(smallest, undefined, 2)}`] : []),
    ].join('\n\n'),
  );
}

function summary(file: string, scenarios: number, { givenUp, coverage }: Outcome): string {
  const most = [...givenUp].toSorted(([, one], [, other]) => other - one).slice(0, SHOWN_AT_MOST);
  const steps = most.map(([why, times]) => `  given up ${times} ×: ${why}`);
  return [
    `${file}: ${scenarios} scenarios`,
    `  not reached: ${coverage.missing().join(', ') || 'nothing'}`,
    ...steps,
    '',
  ].join('\n');
}

function inWords({ plan, wrongs }: Failure, file: string): string {
  const command = `MODEL_SEED=${plan.seed} MODEL_SCENARIOS=1 npm test -- ${file}`;
  return [`Seed ${plan.seed}:`, ...wrongs.map((wrong) => `  ${wrong}`), `Repeat it with\n  ${command}`].join('\n');
}

/** The smallest plan of a seed that still goes wrong. */
async function smallestFailing(seed: number): Promise<Plan | undefined> {
  const property = fc.asyncProperty(plansOf(seed, ACTIVITIES), async (plan) => {
    const { failures, world } = await run([plan], 1);
    return failures.length === 0 && world.length === 0;
  });
  const { counterexample } = await fc.check(property, {
    seed,
    numRuns: 1,
    unbiased: true,
    interruptAfterTimeLimit: SHRINK_WITHIN_MS,
  });
  return counterexample?.[0];
}
