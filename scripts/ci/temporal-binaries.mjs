/** Finds or fetches the Temporal CLI and the time-skipping test server, and says where they come from. */
import { createRequire } from 'node:module';
import { exitWith } from '../processes/command.mjs';

const require = createRequire(import.meta.url);

try {
  const { findBinary } = require('../../dist/src/local/binaries/find.js');
  const { TEMPORAL_CLI, TIME_SKIPPING_SERVER } = require('../../dist/src/local/binaries/pinned.js');
  for (const binary of [TEMPORAL_CLI, TIME_SKIPPING_SERVER]) {
    const { path, from } = await findBinary(binary, process.env);
    console.log(`  ✓ ${binary.command}: ${path} (${from})`);
  }
} catch (error) {
  exitWith(error);
}
