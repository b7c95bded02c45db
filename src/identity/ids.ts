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
