/** The level from which on a JSON log line is an error (pino's numbers). */
const ERROR_LEVEL = 50;

/** Lines on the error stream that are no errors: Node's warnings, and the Temporal SDK's log below ERROR. */
const HARMLESS = /^\(node:\d+\)|^\(Use `node|\[(?:TRACE|DEBUG|INFO|WARN)\]|^\s*$/;

/**
 * What of a part's log line the person at the terminal has to see: the message of a JSON line at error level, and
 * plain text from the error stream. Undefined for everything else.
 */
export function errorIn(line: string, from: 'output' | 'errors'): string | undefined {
  if (line.startsWith('{')) return errorInJson(line);
  return from === 'errors' && !HARMLESS.test(line) ? line : undefined;
}

function errorInJson(line: string): string | undefined {
  let entry: { level?: unknown; msg?: unknown; err?: { message?: unknown } };
  try {
    entry = JSON.parse(line) as typeof entry;
  } catch {
    // A line that only looks like JSON, as in the print of an object.
    return undefined;
  }
  if (typeof entry.level !== 'number' || entry.level < ERROR_LEVEL) return undefined;
  const words = [entry.msg, entry.err?.message].filter(
    (word): word is string => typeof word === 'string' && word !== '',
  );
  return [...new Set(words)].join(': ') || line;
}
