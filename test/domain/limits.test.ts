import { capsFor, isAllowedAmount, limitsOf } from '../../src/domain/money/limits';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 24);
const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;

describe('Limits', () => {
  test.each([
    [99, false],
    [100, true],
    [1_000_000, true],
    [1_000_001, false],
  ])('a payment of %i cents is allowed: %s', (minor, allowed) => {
    expect(isAllowedAmount(usd(minor))).toBe(allowed);
  });

  test("another currency than the market's is not sent", () => {
    expect(isAllowedAmount({ minor: 2_000, currency: 'EUR' })).toBe(false);
  });

  test('somebody verified and linked for long has the week alone', () => {
    const caps = capsFor({ country: 'US', verification: 'verified', sourceSince: NOW - 25 * HOUR }, NOW);
    expect(caps).toEqual([{ rule: 'rolling-week', most: usd(1_000_000), countsUntil: NOW + 7 * 24 * HOUR }]);
  });

  test('somebody unverified has less of a week', () => {
    const [week] = capsFor({ country: 'US', verification: 'unverified', sourceSince: 0 }, NOW);
    expect(week?.most).toEqual(usd(29_999));
  });

  test('a new account or source has a limit of its own until it is a day old', () => {
    const sourceSince = NOW - 23 * HOUR;
    const [, coolDown] = capsFor({ country: 'US', verification: 'verified', sourceSince }, NOW);
    expect(coolDown).toMatchObject({ most: usd(29_999), countsUntil: NOW + HOUR });
    const [, other] = capsFor({ country: 'US', verification: 'verified', sourceSince: sourceSince + 1 }, NOW);
    expect(other?.rule).not.toBe(coolDown?.rule);
  });

  test('a country without limits of its own has the strictest ones', () => {
    expect(limitsOf('ZZ').rolling.verified).toBe(29_999);
    expect(limitsOf('toString')).toEqual(limitsOf('ZZ'));
  });
});
