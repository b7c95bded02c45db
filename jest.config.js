/**
 * The fast tier runs every `*.test.ts`; the slow tier (`JEST_TIER=slow`) runs every `*.slow.test.ts`.
 * One worker: two cores are shared with a Temporal server, PostgreSQL and a browser.
 */
const slow = process.env.JEST_TIER === 'slow';

/** ESM-only packages that Jest has to translate. */
const esmOnly = ['better-sse'];

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: [slow ? '**/*.slow.test.ts' : '**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(slow ? [] : ['\\.slow\\.test\\.ts$'])],
  globalSetup: '<rootDir>/test/servers/start.ts',
  globalTeardown: '<rootDir>/test/servers/stop.ts',
  testTimeout: 60_000,
  maxWorkers: 2,
  transform: {
    '\\.(m?[jt]sx?)$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true } } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
};
