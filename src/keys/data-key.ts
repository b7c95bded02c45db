import { randomBytes } from 'node:crypto';
import { decrypt, encrypt, Unreadable } from './aes-gcm';
import type { KeyRing } from './ring';
import { openWith, sealWith } from './sealing';

/** First byte of everything sealed under a data key. Differs from the ring's, so that one is never read as the other. */
const FORMAT = 0x81;

/** AES-256. */
const KEY_BYTES = 32;

/**
 * The key of one person. It is stored wrapped under the key ring and nowhere else, so that destroying the wrapped copy
 * makes everything sealed under it unreadable, in backups too.
 */
export class DataKey {
  readonly #key: Buffer;

  private constructor(key: Buffer) {
    this.#key = key;
  }

  /** A new random key. */
  static create(): DataKey {
    return new DataKey(randomBytes(KEY_BYTES));
  }

  /** Reads back what {@link wrap} made. @throws UnknownKey, Unreadable */
  static unwrap(ring: KeyRing, wrapped: Buffer, aad: string): DataKey {
    return new DataKey(openWith(ring, wrapped, aad));
  }

  /** The key, encrypted under the ring's current key: what is stored. */
  wrap(ring: KeyRing, aad: string): Buffer {
    return sealWith(ring, this.#key, aad);
  }

  /** Encrypts a text for the place that `aad` names. */
  seal(text: string, aad: string): Buffer {
    return Buffer.concat([Buffer.from([FORMAT]), encrypt(this.#key, Buffer.from(text), Buffer.from(aad))]);
  }

  /** Decrypts what {@link seal} made for the same place. @throws Unreadable when it was changed or belongs elsewhere. */
  open(sealed: Buffer, aad: string): string {
    if (sealed[0] !== FORMAT) throw new Unreadable('sealed data has an unknown format');
    return decrypt(this.#key, sealed.subarray(1), Buffer.from(aad)).toString('utf8');
  }
}
