import { seedsOr, wage } from './campaign';

const SCENARIOS = 500;

/** As many as keep two cores busy while each scenario mostly waits. */
const SIDE_BY_SIDE = 100;

/** Fewer cannot be expected to reach every kind of trouble. */
const REACHES_EVERYTHING = SCENARIOS;

const OWN_SEEDS = Array.from({ length: SCENARIOS }, (_seed, place) => place + 1);

test(`money stays whole in ${SCENARIOS} scenarios, which reach every kind of fault and every kill point`, async () => {
  const seeds = seedsOr(OWN_SEEDS);
  const { coverage } = await wage({ file: 'test/model/money.slow.test.ts', seeds, batch: SIDE_BY_SIDE });
  if (seeds.length >= REACHES_EVERYTHING) expect(coverage.missing()).toEqual([]);
}, 1_200_000);
