/**
 * The fast tier runs every `*.test.ts`; the slow tier (`JEST_TIER=slow`) runs every `*.slow.test.ts`.
 * Three files run at a time on two cores, since most of what a test does is wait for a server; a fourth
 * wins little, and makes pages late.
 */
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
  maxWorkers: 3,
  // What a long file leaves in its process slows down the next one, by a third where that is long too.
  ...(slow ? { workerIdleMemoryLimit: '1GB' } : {}),
  transform: {
    '/node_modules/': '<rootDir>/test/servers/once-per-process.js',
    '\\.(m?[jt]sx?)$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true } } }],
  },
  transformIgnorePatterns: [],
};
