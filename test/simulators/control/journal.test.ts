import { Journal, isoToMicros } from '../../../src/simulators/control/journal';

const call = { method: 'GET', path: '/', status: 200 };

describe('the journal', () => {
  test('gives what came after a time, that time excluded', () => {
    const journal = new Journal();
    const [first, second] = [journal.record(call), journal.record({ ...call, path: '/second' })];
    expect(journal.since()).toHaveLength(2);
    expect(journal.since(isoToMicros(first.at)).map(({ path }) => path)).toEqual(['/second']);
    expect(journal.since(isoToMicros(second.at))).toEqual([]);
  });

  test('gives no two calls the same time, however fast they come', () => {
    const journal = new Journal();
    const times = Array.from({ length: 500 }, () => journal.record(call).at);
    expect(new Set(times).size).toBe(500);
    expect([...times].sort()).toEqual(times);
  });

  test('forgets the oldest of more than ten thousand calls', () => {
    const journal = new Journal();
    for (let count = 0; count < 10_050; count += 1) journal.record({ ...call, path: `/${count}` });
    expect(journal.since()).toHaveLength(10_000);
    expect(journal.since()[0]?.path).toBe('/50');
    expect(journal.latest(2).map(({ path }) => path)).toEqual(['/10049', '/10048']);
  });

  test.each([
    ['2026-01-31T10:00:00Z', 1_769_853_600_000_000],
    ['2026-01-31T10:00:00.5Z', 1_769_853_600_500_000],
    ['2026-01-31T10:00:00.123456Z', 1_769_853_600_123_456],
    ['2026-01-31T11:00:00+01:00', 1_769_853_600_000_000],
    ['yesterday', undefined],
    ['2026-01-31', undefined],
  ])('reads the time %s', (iso, micros) => {
    expect(isoToMicros(iso)).toBe(micros);
  });
});
