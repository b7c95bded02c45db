import { optionalDependencies } from '../../package.json';

/** The releases of Node that come with the packages: one for each system. */
export function releasesThatCome(): string[] {
  const packages = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-'));
  return packages.map(([, release]) => `v${release}`);
}

/** @throws Error when the tests run on another Node than the application: what they measure would be said of the wrong one. */
export function requireOurNode(): void {
  const ours = releasesThatCome();
  if (ours.includes(process.version)) return;
  throw new Error(`Tests run on the Node that comes with the packages, ${ours[0]}, and this is ${process.version}: \
start them through npm or npx, which find it.`);
}
