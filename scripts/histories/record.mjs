/**
 * `npm run histories:record`: lets every recorded scenario happen on real servers and keeps the encrypted histories in
 * test/histories/<version>, where every later version replays them. To be run for a version before it is released; an
 * older version's files are never written again.
 */
import { exitWith, runNode } from '../processes/command.mjs';

try {
  await runNode('node_modules/jest/bin/jest.js', [
    '--runInBand',
    '--testMatch',
    '**/test/workflows/recording/record.ts',
  ]);
} catch (error) {
  exitWith(error);
}
