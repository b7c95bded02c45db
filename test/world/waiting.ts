/** How often a test looks, and how long at most, in milliseconds. */
const LOOK_EVERY_MS = 25;
const LOOK_FOR_MS = 20_000;

/** Looks until there is something, and says what was waited for when there never is. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  withinMs = LOOK_FOR_MS,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}
