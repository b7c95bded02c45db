import { optionalDependencies } from '../../package.json';

test('what npm runs, runs on the Node that comes with the packages, and every system gets the same release', () => {
  const releases = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-'));
  expect(releases).toHaveLength(4);
  for (const [, release] of releases) expect(`v${release}`).toBe(process.version);
});
