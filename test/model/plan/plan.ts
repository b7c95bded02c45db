import fc from 'fast-check';
import type { Weather } from '../../world/postman';
import type { Happening, Step } from './steps';
import { SELDOM_SEEN, decision, episode } from './steps';
import type { Kill, Trouble } from './trouble';
import { WEATHERS, kills, trouble } from './trouble';

/** Everything that happens in one scenario: what people do, and what goes wrong. Made from its seed alone. */
export interface Plan {
  seed: number;
  weather: Weather;
  now: Happening[];
  /** What happens after hours have passed. */
  later: Happening[];
  trouble: Trouble;
  /** How attempts of an activity end, one after the other. */
  kills: Record<string, Kill[]>;
}

/** How many cents tell the steps of a plan apart: more than any plan has steps. */
const STEPS_AT_MOST = 50;

/** The plans of one seed, the first of which is the one that it stands for; the others are what it shrinks to. */
export function plansOf(seed: number, activities: readonly string[]): fc.Arbitrary<Plan> {
  return fc
    .record({
      now: fc.tuple(firstOf(seed), fc.array(episode, { maxLength: 1 })).map(([first, then]) => [first, ...then].flat()),
      later: fc.tuple(decision, fc.array(episode, { maxLength: 1 })).map(([first, then]) => [first, ...then.flat()]),
      weather: fc.constantFrom(...WEATHERS),
      trouble,
      kills: kills(activities),
    })
    .map((drawn) => ({ seed, ...withOwnAmounts(drawn) }));
}

/** Every fifth scenario begins with something that is seldom seen, in turn. */
function firstOf(seed: number): typeof episode {
  return (seed % 5 === 0 ? SELDOM_SEEN[(seed / 5) % SELDOM_SEEN.length] : undefined) ?? episode;
}

/** The plan of a seed. */
export function planOf(seed: number, activities: readonly string[]): Plan {
  const [plan] = fc.sample(plansOf(seed, activities), { seed, numRuns: 1, unbiased: true });
  if (!plan) throw new Error(`seed ${seed} gives no plan`);
  return plan;
}

/** Gives each step an amount of its own, by which everything that is said and moved can be told apart. */
function withOwnAmounts<Drawn extends { now: Happening[]; later: Happening[] }>(drawn: Drawn): Drawn {
  let place = 0;
  const own = (happenings: Happening[]): Happening[] =>
    happenings.map(({ step, meanwhile }) => ({ step: withOwnAmount(step, (place += 1)), meanwhile }));
  return { ...drawn, now: own(drawn.now), later: own(drawn.later) };
}

function withOwnAmount(step: Step, place: number): Step {
  if (!('minor' in step)) return step;
  if (place > STEPS_AT_MOST) throw new RangeError('more steps than amounts');
  return { ...step, minor: (step.minor + 1) * 100 + place };
}
