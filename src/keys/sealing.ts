import { decrypt, encrypt, Unreadable } from './aes-gcm';
import type { KeyRing } from './ring';

/** First byte of everything sealed under the ring, so that a later format can be told from this one. */
const FORMAT = 1;

/**
 * Encrypts under the ring's current key. The result names the key: format, length of the id, id, then the ciphertext.
 * `aad` says where the result belongs; it is not in the result, and only the same one opens it.
 */
export function sealWith(ring: KeyRing, plaintext: Buffer, aad: string): Buffer {
  const header = headerOf(ring.current.id);
  return Buffer.concat([header, encrypt(ring.current.key, plaintext, boundTo(header, aad))]);
}

/**
 * Decrypts what {@link sealWith} made, under whichever key of the ring it names.
 * @throws UnknownKey naming the key that is missing; Unreadable when it was changed or belongs elsewhere.
 */
export function openWith(ring: KeyRing, sealed: Buffer, aad: string): Buffer {
  const id = sealedUnder(sealed);
  const header = headerOf(id);
  return decrypt(ring.find(id).key, sealed.subarray(header.length), boundTo(header, aad));
}

/** The id of the key that something is sealed under. @throws Unreadable when it was not sealed under any ring. */
function sealedUnder(sealed: Buffer): string {
  const [format, length = 0] = sealed;
  if (format !== FORMAT) throw new Unreadable('sealed data has an unknown format');
  return sealed.toString('utf8', 2, 2 + length);
}

function headerOf(keyId: string): Buffer {
  return Buffer.concat([Buffer.from([FORMAT, Buffer.byteLength(keyId)]), Buffer.from(keyId)]);
}

/** The header is authenticated too: a key id cannot be exchanged unnoticed. */
function boundTo(header: Buffer, aad: string): Buffer {
  return Buffer.concat([header, Buffer.from(aad)]);
}
