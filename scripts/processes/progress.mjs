import { performance } from 'node:perf_hooks';

/** A step that is done sooner than this gets one line, a slower one says first that it has begun. */
const SLOW_AFTER_MS = 1_000;

/**
 * Does one step and says so: a line with its seconds when it is done, and one before it when it takes a while.
 *
 * @template T
 * @param {string} what the step, as in "Compile TypeScript"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const began = performance.now();
  const announcement = setTimeout(() => console.log(`  … ${what}`), SLOW_AFTER_MS);
  try {
    const result = await work();
    console.log(`  ✓ ${what} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    console.log(`  ✗ ${what} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    throw error;
  } finally {
    clearTimeout(announcement);
  }
}
