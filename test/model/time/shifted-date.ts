const RealDate = globalThis.Date;

/** How far everything in this process believes to be ahead of real time, in milliseconds. */
let ahead = 0;

/**
 * Lets this file of tests live ahead of real time: `Date` goes on as ever, from a later moment. Timers stay real. Modules
 * that were loaded before see it too, since they ask `Date` anew each time.
 */
export function shiftDate(milliseconds: number): void {
  ahead = milliseconds;
  if (globalThis.Date !== RealDate) return;
  const now = (): number => RealDate.now() + ahead;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[]) => Reflect.construct(target, given.length === 0 ? [now()] : given) as object,
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}

/** Brings this file of tests back to real time. */
export function restoreDate(): void {
  ahead = 0;
  globalThis.Date = RealDate;
}

/** Real time in milliseconds since the epoch. */
export function realNow(): number {
  return RealDate.now();
}
