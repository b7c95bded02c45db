import { releasesThatCome } from '../servers/node-release';

test('npm runs the Node that comes with the packages, and every system gets the same release', () => {
  expect(releasesThatCome()).toEqual(Array.from({ length: 4 }, () => process.version));
});
