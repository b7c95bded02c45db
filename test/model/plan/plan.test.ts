import fc from 'fast-check';
import { planOf, plansOf } from './plan';

const ACTIVITIES = ['charge', 'refund'];

describe('the plan of a scenario', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(planOf(7, ACTIVITIES)).toEqual(planOf(7, ACTIVITIES));
    expect(planOf(7, ACTIVITIES)).not.toEqual(planOf(8, ACTIVITIES));
  });

  test('is the first that a search for a smaller failing plan of its seed tries', () => {
    const tried: unknown[] = [];
    fc.check(
      fc.property(plansOf(7, ACTIVITIES), (plan) => void tried.push(plan)),
      { seed: 7, numRuns: 1, unbiased: true },
    );
    expect(tried[0]).toEqual(planOf(7, ACTIVITIES));
  });

  test('gives no two steps the same amount', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { now, later } = planOf(seed, ACTIVITIES);
      const amounts = [...now, ...later].flatMap(({ step }) => ('minor' in step ? [step.minor] : []));
      expect(new Set(amounts).size).toBe(amounts.length);
    }
  });
});
