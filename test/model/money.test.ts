import { seedsOr, wage } from './campaign';
import { planOf } from './plan/plan';
import { ACTIVITIES } from './town';

const SCENARIOS = 20;

/** The first seeds of short scenarios, so that all of them fit into one batch of a few seconds. */
function shortSeeds(): number[] {
  const seeds: number[] = [];
  for (let seed = 1; seeds.length < SCENARIOS; seed += 1) {
    const { now, later, trouble } = planOf(seed, ACTIVITIES);
    if (now.length <= 2 && later.length === 1 && !trouble.outage) seeds.push(seed);
  }
  return seeds;
}

test(`money stays whole in ${SCENARIOS} short scenarios under faults and kills`, async () => {
  await wage({ file: 'test/model/money.test.ts', seeds: seedsOr(shortSeeds()), batch: SCENARIOS });
}, 600_000);
