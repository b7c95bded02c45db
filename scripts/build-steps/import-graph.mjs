import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A relative import in compiled CommonJS, also the dynamic kind. */
const RELATIVE_IMPORT = /\b(?:require|import)\(\s*["'](\.[^"']*)["']\s*\)/g;

/** Every compiled file of ours that an entry loads, itself included, each with the time of its last change. */
export function filesLoadedBy(entry) {
  const files = new Map();
  const left = [entry];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (files.has(file) || !existsSync(file)) continue;
    files.set(file, statSync(file).mtimeMs);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(RELATIVE_IMPORT)) left.push(resolved(file, path));
  }
  return files;
}

function resolved(from, path) {
  const target = resolve(dirname(from), path);
  const candidates = [target, `${target}.js`, join(target, 'index.js')];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile()) ?? target;
}
