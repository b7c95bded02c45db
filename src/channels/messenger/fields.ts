/** A JSON object whose fields nobody has checked yet. */
export type Fields = Record<string, unknown>;

/**
 * Longest texts that go further. Messenger's own limit for a person is far lower; what exceeds these is an attempt to
 * break something, and a workflow's history takes 2 MB per message at most.
 */
export const LONGEST_TEXT = 20_000;
const LONGEST_ID = 255;
const LONGEST_ADDRESS = 4_096;

/** Below this a time is in seconds (as milliseconds it would lie in 1973, as seconds in the year 5138). */
const SMALLEST_MILLISECONDS = 100_000_000_000;
/** A sender's clock may run ahead, but nothing happens in the future: later times would hold a window open for ever. */
const LARGEST_LEAD_MS = 24 * 60 * 60 * 1000;

/** The value as an object, or `undefined` for anything else, lists included. */
export function objectOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** A field of the object's own: a body may well name `__proto__` or `constructor`. */
export function field(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** A text that a database and a workflow can take: without NUL, without half characters, and not endless. */
export function textOf(value: unknown, longest = LONGEST_TEXT): string | undefined {
  if (typeof value !== 'string') return undefined;
  const cut = value.length > longest ? value.slice(0, longest) : value;
  return cut.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\u{FFFD}');
}

/** An id as a string, whether it was written as a string or as a number. Empty and absurdly long ones are none. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  const text = textOf(value, LONGEST_ID + 1);
  return text !== undefined && text.trim() !== '' && text.length <= LONGEST_ID ? text : undefined;
}

/** A web address; one of another kind, or too long to be one, is left out. */
export function addressOf(value: unknown): string | undefined {
  const text = textOf(value, LONGEST_ADDRESS + 1);
  return text !== undefined && text !== '' && text.length <= LONGEST_ADDRESS ? text : undefined;
}

/** A time in milliseconds, read from seconds, milliseconds or either as a string; `undefined` if it is no time. */
export function timeOf(value: unknown, now: number): number | undefined {
  const written = typeof value === 'string' && /^\d{1,16}$/.test(value.trim()) ? Number(value) : value;
  if (typeof written !== 'number' || !Number.isFinite(written) || written <= 0) return undefined;
  const time = Math.trunc(written < SMALLEST_MILLISECONDS ? written * 1000 : written);
  return time <= now + LARGEST_LEAD_MS ? time : undefined;
}
