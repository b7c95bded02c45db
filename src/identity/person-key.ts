import { createHmac } from 'node:crypto';

/** 128 bits: two people share a key with a chance of 10⁻²² even among a billion. */
const PERSON_KEY_BYTES = 16;

/** What a key derived from the identity key is for. Each purpose has values of its own, so that none reveals another. */
type Purpose = 'person' | 'blind-index';

/**
 * The identity key as bytes. It names people for as long as the program is used: with another key everybody is a
 * stranger, so it is never rotated.
 */
export function identityKey(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

/**
 * Names a person without telling who it is: what stands in workflow ids and rows instead of the address that the
 * channel gave. The same person on another page has another key.
 *
 * @returns 32 hexadecimal digits, safe in ids, URLs and command lines
 */
export function personKey(key: Buffer, page: string, address: string): string {
  return derive(key, 'person', page, address).subarray(0, PERSON_KEY_BYTES).toString('hex');
}

/** The key under which the store looks up encrypted values, such as e-mail addresses. 32 bytes. */
export function blindIndexKey(key: Buffer): Buffer {
  return derive(key, 'blind-index');
}

/** A JSON array keeps its parts apart whatever they contain: ["a","bc"] and ["ab","c"] never meet. */
function derive(key: Buffer, purpose: Purpose, ...parts: string[]): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([purpose, ...parts]))
    .digest();
}
