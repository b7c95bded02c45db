/** End of the JSON value that begins at `start`, or -1 if there is none. The text is known to be JSON. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') {
      inString = true;
    } else if (character === '{' || character === '[') {
      depth += 1;
    } else if (character === '}' || character === ']') {
      if (depth === 0) return at;
      depth -= 1;
    } else if (character === ',' && depth === 0) {
      return at;
    }
  }
  return -1;
}

/**
 * The text of a member of a JSON object, exactly as it was sent: parsing would turn `1.0` into `1`, and a checksum over
 * the bytes would fail. `undefined` if the object has no such member.
 */
export function rawMember(text: string, name: string): string | undefined {
  let at = text.indexOf('{') + 1;
  while (at > 0 && at < text.length) {
    const key = /^\s*"((?:[^"\\]|\\.)*)"\s*:\s*/.exec(text.slice(at));
    if (!key) return undefined;
    const start = at + key[0].length;
    const end = endOfValue(text, start);
    if (end < 0) return undefined;
    if (key[1] === name) return text.slice(start, end).trimEnd();
    at = end + 1;
  }
  return undefined;
}
