import { SimulatedClock, durationMs } from '../../../src/simulators/control/clock';

describe('the simulated clock', () => {
  test.each([
    ['PT25H', 90_000_000],
    ['P30D', 2_592_000_000],
    ['P1W', 604_800_000],
    ['P1DT1H1M1.5S', 90_061_500],
    ['PT0S', 0],
  ])('reads %s as %d milliseconds', (iso, ms) => {
    expect(durationMs(iso)).toBe(ms);
  });

  test.each(['', 'P', 'PT', 'P1DT', 'P1M', 'P1Y', '25H', 'PT1H ', 'PT-1H', 'P99999W'])('refuses %j', (iso) => {
    expect(durationMs(iso)).toBeUndefined();
    expect(() => new SimulatedClock().advance(iso)).toThrow(RangeError);
  });

  test('runs along with real time, ahead by what it was advanced', () => {
    let real = 1000;
    const clock = new SimulatedClock(0, () => real);
    expect(clock.advance('PT1M')).toBe(61_000);
    real = 2000;
    expect([clock.now(), clock.offsetMs]).toEqual([62_000, 60_000]);
    const restarted = new SimulatedClock(0, () => real);
    restarted.restore(clock.offsetMs);
    expect(restarted.now()).toBe(62_000);
  });
});
