/** One API call as it was received and answered. */
export interface JournalEntry {
  /** When it was answered: ISO 8601, real time, to the microsecond; no two entries share one. */
  at: string;
  method: string;
  /** Path with its query. */
  path: string;
  requestBody?: unknown;
  status: number;
  responseBody?: unknown;
}

/** About 40 MB at the usual 2 to 4 kB a call; a longer run reads along with `since`. */
const MOST_ENTRIES = 10_000;

const ISO_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** Microseconds since the epoch of an ISO 8601 time, or `undefined` if it is none. */
export function isoToMicros(iso: string): number | undefined {
  const parts = ISO_TIME.exec(iso);
  if (!parts) return undefined;
  const [, seconds, fraction = '', zone] = parts;
  const ms = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(ms)) return undefined;
  return ms * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

function microsToIso(micros: number): string {
  const ms = Math.floor(micros / 1000);
  const rest = String(micros - ms * 1000).padStart(3, '0');
  return new Date(ms).toISOString().replace('Z', `${rest}Z`);
}

/** The API calls of this process, newest last, bounded: the oldest of more than 10,000 are forgotten. */
export class Journal {
  readonly #entries: (JournalEntry & { micros: number })[] = [];
  #lastMicros = 0;

  /** Writes a call down, with the real time of its answer. */
  record(call: Omit<JournalEntry, 'at'>): JournalEntry {
    this.#lastMicros = Math.max(this.#lastMicros + 1, Date.now() * 1000);
    const entry = { at: microsToIso(this.#lastMicros), ...call, micros: this.#lastMicros };
    this.#entries.push(entry);
    if (this.#entries.length > MOST_ENTRIES) this.#entries.shift();
    return entry;
  }

  /** Calls answered after `sinceMicros` (exclusive), oldest first. */
  since(sinceMicros = 0): JournalEntry[] {
    return this.#entries
      .filter((entry) => entry.micros > sinceMicros)
      .map(({ micros: _micros, ...entry }): JournalEntry => entry);
  }

  /** The newest calls, newest first. */
  latest(count: number): JournalEntry[] {
    return this.#entries
      .slice(-count)
      .reverse()
      .map(({ micros: _micros, ...entry }): JournalEntry => entry);
  }
}
