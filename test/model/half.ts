import { seedsOr, wage } from './campaign';

/** Scenarios of the whole campaign. Its halves are acted out side by side, each on a core of its own. */
const SCENARIOS = 500;

/** Scenarios that are acted out side by side, in a world of their own. */
const SIDE_BY_SIDE = 125;

/** Kill points begin so in the coverage. */
const KILL = 'kill ';

/**
 * Every kind of fault is reached by each half. Of the points of every activity a few are missed on a busy machine, on
 * which people of some scenarios give up before they come to what is seldom done.
 */
const KILL_POINTS_REACHED = 0.7;

/** Declares the test of one half of the campaign. */
export function everythingHoldsIn(half: 'first' | 'second'): void {
  const scenarios = SCENARIOS / 2;
  const from = half === 'first' ? 1 : scenarios + 1;
  const own = Array.from({ length: scenarios }, (_seed, place) => from + place);

  test(`money stays whole in the ${half} ${scenarios} of ${SCENARIOS} scenarios, which reach every kind of fault`, async () => {
    const seeds = seedsOr(own);
    const { coverage } = await wage({ file: `test/model/${half}-half.slow.test.ts`, seeds, batch: SIDE_BY_SIDE });
    // Fewer cannot be expected to reach every kind of trouble.
    if (seeds.length < scenarios) return;
    expect(coverage.missing().filter((kind) => !kind.startsWith(KILL))).toEqual([]);
    expect(coverage.shareOf(KILL)).toBeGreaterThan(KILL_POINTS_REACHED);
  }, 1_200_000);
}
