/** The longest jump one call may ask for: ten years, so that a slip of the keyboard does not leave the calendar. */
const LONGEST_ADVANCE_MS = 3_650 * 86_400_000;

const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * Length of an ISO 8601 duration in milliseconds. Weeks, days, hours, minutes and seconds only: months and years have
 * no fixed length. Returns `undefined` for anything else.
 */
export function durationMs(iso: string): number | undefined {
  const parts = DURATION.exec(iso);
  if (!parts || iso.endsWith('P') || iso.endsWith('T')) return undefined;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  const ms =
    (weeks ?? 0) * 604_800_000 +
    (days ?? 0) * 86_400_000 +
    (hours ?? 0) * 3_600_000 +
    (minutes ?? 0) * 60_000 +
    Math.round((seconds ?? 0) * 1000);
  return ms <= LONGEST_ADVANCE_MS ? ms : undefined;
}

/**
 * The time by which a simulator takes its own decisions: real time plus an offset that only grows. The owner persists
 * {@link offsetMs}, so that a restart does not travel back.
 */
export class SimulatedClock {
  #offsetMs: number;
  readonly #realNow: () => number;

  /** `realNow` gives milliseconds since the epoch; a test passes a clock that it moves itself. */
  constructor(offsetMs = 0, realNow: () => number = Date.now) {
    this.#offsetMs = offsetMs;
    this.#realNow = realNow;
  }

  /** Simulated time in milliseconds since the epoch. */
  now(): number {
    return this.#realNow() + this.#offsetMs;
  }

  /** How far simulated time is ahead of real time, in milliseconds. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Goes back to where a persisted clock was. */
  restore(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }

  /** Moves simulated time ahead by an ISO 8601 duration and returns the new time. Throws `RangeError` for a bad one. */
  advance(isoDuration: string): number {
    const ms = durationMs(isoDuration);
    if (ms === undefined) throw new RangeError(`not an ISO 8601 duration of at most ten years: ${isoDuration}`);
    this.#offsetMs += ms;
    return this.now();
  }
}
