import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** 128 bits of randomness: what a link must carry whose possession is the permission. */
const CAPABILITY_BYTES = 16;

/** A new id for a row, an action or a workflow. Unique, not secret. */
export function newId(): string {
  return randomUUID();
}

/**
 * A value that whoever holds it may use: one-time links, codes, session tokens. Unguessable; store only its
 * {@link sha256}.
 */
export function capability(): string {
  return randomBytes(CAPABILITY_BYTES).toString('base64url');
}

/** Under which a capability is stored, and by which the same body is recognised. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/**
 * The id of the message that a key stands for: the same key gives the same id, so a step that is repeated finds the row
 * that it wrote before. A UUID of version 8 (RFC 9562, section 5.8) over SHA-256.
 */
export function messageIdOf(key: string): string {
  const bytes = createHash('sha256').update(`message:${key}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
