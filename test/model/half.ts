import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seedsOr, wage } from './campaign';

/** Scenarios of the whole campaign. Its halves are acted out side by side, each on a core of its own. */
const SCENARIOS = 500;

/** Scenarios that are acted out side by side, in a world of their own. */
const SIDE_BY_SIDE = 125;

/** Kill points begin so in the coverage. */
const KILL = 'kill ';

/**
 * Every kind of fault is reached by each half, and every point of every activity by one of them at least. A half misses a
 * few points: how far people get is for the machine's speed to say as well.
 */
const KILL_POINTS_REACHED = 0.9;

type Half = 'first' | 'second';

/** Declares the test of one half of the campaign. */
export function everythingHoldsIn(half: Half): void {
  const scenarios = SCENARIOS / 2;
  const from = half === 'first' ? 1 : scenarios + 1;
  const own = Array.from({ length: scenarios }, (_seed, place) => from + place);

  test(`money stays whole in the ${half} ${scenarios} of ${SCENARIOS} scenarios, which reach every kind of fault`, async () => {
    const seeds = seedsOr(own);
    const { coverage } = await wage({ file: `test/model/${half}-half.slow.test.ts`, seeds, batch: SIDE_BY_SIDE });
    // Fewer cannot be expected to reach every kind of trouble.
    if (seeds.length < scenarios) return;
    const points = coverage.missing().filter((kind) => kind.startsWith(KILL));
    expect(coverage.missing()).toEqual(points);
    expect(coverage.shareOf(KILL)).toBeGreaterThan(KILL_POINTS_REACHED);
    const others = await missedByTheOther(half, points);
    expect(points.filter((point) => others.includes(point))).toEqual([]);
  }, 1_200_000);
}

/** Leaves word of what a half has missed; gives what the other one has, or nothing when that one still runs. */
async function missedByTheOther(half: Half, points: string[]): Promise<string[]> {
  const word = (of: Half): string => join(process.env['TEST_RUN_FOLDER'] ?? '', `model-${of}-half.json`);
  await writeFile(word(half), JSON.stringify(points));
  const other = await readFile(word(half === 'first' ? 'second' : 'first'), 'utf8').catch(nothingYet);
  return other === undefined ? [] : (JSON.parse(other) as string[]);
}

function nothingYet(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
