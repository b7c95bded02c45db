/**
 * `npm run dev`: as `npm start`, and after every change of a source compiles what changed, rebuilds the pages and the
 * workflow bundle they went into, and restarts only those parts that load a changed file.
 */
import { existsSync, watch } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildPages, bundleWorkflows, compile } from './build.mjs';
import { ROOT, exitWith } from './processes/command.mjs';
import { filesLoadedBy } from './build-steps/import-graph.mjs';
import { step } from './processes/progress.mjs';

const require = createRequire(import.meta.url);

/** Editors save several files at once; one compilation is enough for them. */
const SETTLE_MS = 200;

const WATCHED = ['src', 'workflows', 'activities', 'data'];
const PARTS = ['codec-server', 'simulators', 'worker', 'api'];

/** The worker also loads the bundle, which no import names. */
const BUNDLE_USER = 'worker';

try {
  await compile('src/entry');
  const { start } = require('../dist/src/entry/start.js');
  const assets = Promise.all([buildPages(), bundleWorkflows()]);
  const running = await start({ baseEnvironment: process.env, assets, step, report: console.log });
  followChanges(running);
  await running.stopped;
  process.exit(0);
} catch (error) {
  exitWith(error);
}

function followChanges(running) {
  let loaded = loadedByParts();
  let timer;
  let turn = Promise.resolve();
  const apply = async () => {
    try {
      await compile('src/entry');
      await buildPages();
      const hasNewBundle = await bundleWorkflows();
      const now = loadedByParts();
      const affected = PARTS.filter(
        (part) => differ(loaded[part], now[part]) || (part === BUNDLE_USER && hasNewBundle),
      );
      loaded = now;
      for (const part of affected) await step(`Restart ${part}`, () => running.restart(part));
    } catch (error) {
      console.error(error.message);
    }
  };
  for (const folder of WATCHED.map((name) => join(ROOT, name)).filter(existsSync)) {
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        turn = turn.then(apply);
      }, SETTLE_MS);
    });
  }
}

function loadedByParts() {
  return Object.fromEntries(
    PARTS.map((part) => [part, filesLoadedBy(join(ROOT, 'dist', 'src', 'entry', `${part}.js`))]),
  );
}

function differ(before, now) {
  return before.size !== now.size || [...now].some(([file, time]) => before.get(file) !== time);
}
