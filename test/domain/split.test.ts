import fc from 'fast-check';
import { splitEqually } from '../../src/domain/money/split';

describe('splitting a total', () => {
  test('parts add up to exactly the total and differ by one cent at most, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 50, max: 10 ** 9 }), (people, minor) => {
        const parts = splitEqually({ minor, currency: 'USD' }, people).map((part) => part.minor);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(minor);
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
      }),
      { seed: 1, numRuns: 10_000 },
    );
  });

  test('the first parts carry the cents that are left over', () => {
    expect(splitEqually({ minor: 1000, currency: 'USD' }, 3).map(({ minor }) => minor)).toEqual([334, 333, 333]);
  });

  test('a total of less than a cent each is refused', () => {
    expect(() => splitEqually({ minor: 2, currency: 'USD' }, 3)).toThrow(RangeError);
    expect(() => splitEqually({ minor: 2, currency: 'USD' }, 0)).toThrow(RangeError);
  });
});
