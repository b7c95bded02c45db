/*
 * As much of DER (ITU-T X.690) as a certificate needs. A few lines of our own spare a certificate library and the
 * reflection polyfill that it would load into the process.
 */

/** A value with its tag and length. */
export function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const size = Buffer.from(content.length.toString(16).padStart(content.length > 0xffff ? 6 : 4, '0'), 'hex');
  const length = content.length > 0xff ? size : size.subarray(1);
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

export const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
export const set = (...parts: Uint8Array[]): Buffer => der(0x31, ...parts);
export const octets = (content: Uint8Array): Buffer => der(0x04, content);
export const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text, 'utf8'));
export const boolean = (value: boolean): Buffer => der(0x01, Buffer.from([value ? 0xff : 0]));
export const nothing = (): Buffer => der(0x05);

/** A bit string; `unused` bits at its end do not count. */
export const bits = (content: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.from([unused]), content);

/** A non-negative integer, big-endian; a leading zero keeps it from being read as negative. */
export function integer(content: Uint8Array): Buffer {
  const needsZero = (content[0] ?? 0) >= 0x80;
  return der(0x02, needsZero ? Buffer.from([0]) : Buffer.alloc(0), content);
}

/** Part `[number]` of a structure, holding other values. */
export const tagged = (number: number, ...parts: Uint8Array[]): Buffer => der(0xa0 | number, ...parts);

/** An object identifier in dotted notation. */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest.flatMap(base128)];
  return der(0x06, Buffer.from(bytes));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** A time before 2050 as UTCTime, otherwise as GeneralizedTime (RFC 5280, 4.1.2.5). */
export function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '');
  return Number(text.slice(0, 4)) < 2050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}

/** PEM with lines of 64 characters. */
export function pem(label: string, content: Uint8Array): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
