/** The body is no webhook body at all: not JSON, or without `object` and `entry`. Its message quotes nothing of it. */
export class WrongShape extends Error {
  override readonly name = 'WrongShape';
}

/** Sixteen digits may exceed 2^53, from where on JavaScript's numbers lose digits. */
const LONG_INTEGER = /(?<![\d.eE+-])\d{16,}(?![\d.eE])/g;
const MAY_HOLD_LONG_INTEGER = /[:[,]\s*\d{16}/;

/**
 * Parses a webhook body so that no id loses digits: integers of sixteen digits and more become strings. (Meta writes
 * some ids as numbers, and ids of applications and addresses go beyond 2^53.)
 * @throws WrongShape when the bytes are not JSON in UTF-8
 */
export function parseBody(raw: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(raw);
    return JSON.parse(MAY_HOLD_LONG_INTEGER.test(text) ? quoteLongIntegers(text) : text) as unknown;
  } catch {
    // The parser's own message quotes the body, which is personal data.
    throw new WrongShape('the body is not JSON in UTF-8');
  }
}

/** Walks from string to string, so that digits inside a text stay what they are. */
function quoteLongIntegers(json: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < json.length) {
    const opening = json.indexOf('"', at);
    const end = opening < 0 ? json.length : opening;
    pieces.push(json.slice(at, end).replace(LONG_INTEGER, '"$&"'));
    if (opening < 0) break;
    const closing = closingQuote(json, opening);
    pieces.push(json.slice(opening, closing + 1));
    at = closing + 1;
  }
  return pieces.join('');
}

function closingQuote(json: string, opening: number): number {
  let quote = opening;
  do {
    quote = json.indexOf('"', quote + 1);
    if (quote < 0) return json.length;
  } while (isEscaped(json, quote));
  return quote;
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0;
  while (json[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
