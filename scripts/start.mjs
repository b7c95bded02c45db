/** `npm start`: compiles, then starts everything; pages and workflow bundle are built while the servers come up. */
import { createRequire } from 'node:module';
import { buildAssets, compile } from './build.mjs';
import { exitWith } from './processes/command.mjs';
import { step } from './processes/progress.mjs';

const require = createRequire(import.meta.url);

try {
  await compile('src/entry');
  const { start } = require('../dist/src/entry/start.js');
  const { stopped } = await start({ baseEnvironment: process.env, assets: buildAssets(), step, report: console.log });
  await stopped;
  process.exit(0);
} catch (error) {
  exitWith(error);
}
