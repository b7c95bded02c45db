/** The fast tier runs every `*.test.ts`; the slow tier (`JEST_TIER=slow`) runs every `*.slow.test.ts`. */
const slow = process.env.JEST_TIER === 'slow';

module.exports = {
  testEnvironment: '<rootDir>/test/servers/environment.js',
  roots: ['<rootDir>/test'],
  testMatch: [slow ? '**/*.slow.test.ts' : '**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(slow ? [] : ['\\.slow\\.test\\.ts$'])],
  testSequencer: '<rootDir>/test/servers/in-order.js',
  globalSetup: '<rootDir>/test/servers/start.ts',
  globalTeardown: '<rootDir>/test/servers/stop.ts',
  // What the slow tier measures takes minutes by nature, and longer where the machine does other things as well.
  testTimeout: slow ? 240_000 : 60_000,
  // For two cores, since a test waits for servers now and then.
  maxWorkers: 4,
  transform: {
    '/node_modules/.+\\.c?js$': '<rootDir>/test/servers/once-per-process.js',
    '\\.(m?[jt]sx?)$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true } } }],
  },
  transformIgnorePatterns: [],
};
