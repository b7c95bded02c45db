import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** NIST SP 800-38D recommends 96 bits; drawn anew for every message, safe for 2^32 messages under one key. */
const IV_BYTES = 12;
/** The full tag: a shorter one only saves bytes. */
const TAG_BYTES = 16;

/** What was sealed was changed, cut, moved to another place, or sealed under another key. Says no more, on purpose. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Encrypts with AES-256-GCM: IV, ciphertext and tag, in this order. */
export function encrypt(key: Buffer, plaintext: Buffer, aad: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Reverses {@link encrypt}. @throws Unreadable unless key, text and additional data are the same to the bit. */
export function decrypt(key: Buffer, encrypted: Buffer, aad: Buffer): Buffer {
  if (encrypted.length < IV_BYTES + TAG_BYTES) throw new Unreadable('sealed data is too short');
  const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(encrypted.subarray(-TAG_BYTES));
  const plaintext = decipher.update(encrypted.subarray(IV_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch (cause) {
    throw new Unreadable('sealed data does not belong here or was changed', { cause });
  }
}
