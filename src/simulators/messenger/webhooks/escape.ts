/** The two characters that are not escaped like the others: `/` has a short form, `<` alone an upper-case digit. */
const OWN_ESCAPES: Readonly<Record<string, string>> = { '/': '\\/', '<': '\\u003C' };

/**
 * JSON text as Meta puts it on the wire: pure ASCII, non-ASCII as `\uXXXX` with lower-case digits (one escape per UTF-16
 * unit, so an emoji is two), and `/ < % @` escaped. The signature is made over exactly these characters.
 * Source: Graph API webhooks, "Getting started" ("an escaped unicode version of the payload, with lowercase hex digits");
 * the ASCII set as observed in recorded payloads.
 */
export function escapeAsMeta(json: string): string {
  return json.replace(/[/<%@\u007f-\uffff]/g, (unit) => OWN_ESCAPES[unit] ?? unicodeEscape(unit));
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
