/** One key of the ring: its public name and its 256 secret bits. */
export interface RingKey {
  /** Stands in clear text in everything that the key encrypts. */
  id: string;
  key: Buffer;
}

/** AES-256 takes exactly this many bytes. */
const KEY_BYTES = 32;

/** The id's length is written in one byte, and ids stand in logs and metadata, so they stay short and plain. */
const KEY_ID = /^[A-Za-z0-9_.-]{1,64}$/;

/** The text of a key ring cannot be used. Names the entry by position and id, never its key. */
export class WrongKeyRing extends Error {
  override readonly name = 'WrongKeyRing';
}

/** Something was encrypted under a key that the ring no longer (or not yet) has. Nothing is lost: add the key. */
export class UnknownKey extends Error {
  override readonly name = 'UnknownKey';
  constructor(readonly keyId: string) {
    super(`the key ring has no key ${keyId}`);
  }
}

/**
 * The keys that encrypt what is stored and what Temporal carries. The first one encrypts, every one decrypts: a new key
 * is put in front, and an old one leaves when nothing is encrypted under it any more.
 */
export class KeyRing {
  readonly current: RingKey;
  readonly #keys: ReadonlyMap<string, RingKey>;

  /** @throws WrongKeyRing when there is no key, an id stands twice, or a key has not 32 bytes. */
  constructor(keys: readonly RingKey[]) {
    const [first] = keys;
    if (!first) throw new WrongKeyRing('the key ring is empty: it needs at least one id:base64 entry');
    for (const [index, { id, key }] of keys.entries()) {
      if (!KEY_ID.test(id)) throw new WrongKeyRing(`${nameOf(index)}: an id has 1 to 64 of A-Z a-z 0-9 _ . -`);
      if (key.length !== KEY_BYTES) {
        throw new WrongKeyRing(`${nameOf(index, id)}: has ${key.length} bytes of key, and needs ${KEY_BYTES}`);
      }
      if (keys.findIndex((other) => other.id === id) !== index) {
        throw new WrongKeyRing(`${nameOf(index, id)}: its id stands twice`);
      }
    }
    this.current = first;
    this.#keys = new Map(keys.map((key) => [key.id, key]));
  }

  /** The key of this id. @throws UnknownKey when the ring has none. */
  find(id: string): RingKey {
    const key = this.#keys.get(id);
    if (!key) throw new UnknownKey(id);
    return key;
  }
}

/**
 * Reads a key ring from `id:base64,id:base64,…`, 32 bytes each; the first one encrypts.
 * @throws WrongKeyRing naming the entry that cannot be used.
 */
export function parseKeyRing(text: string): KeyRing {
  const entries = text.split(',').map((entry) => entry.trim());
  return new KeyRing(entries.filter((entry) => entry !== '').map(parseEntry));
}

function parseEntry(entry: string, index: number): RingKey {
  const colon = entry.indexOf(':');
  // Without a colon the whole entry may be a key, so nothing of it is repeated.
  if (colon < 0) throw new WrongKeyRing(`${nameOf(index)}: is not of the form id:base64`);
  const id = entry.slice(0, colon);
  const base64 = entry.slice(colon + 1);
  const key = Buffer.from(base64, 'base64');
  // Node skips what is not base64; a key that was cut or mistyped must not become another key.
  if (stripPadding(key.toString('base64')) !== stripPadding(base64)) {
    throw new WrongKeyRing(`${nameOf(index, KEY_ID.test(id) ? id : undefined)}: its key is not base64`);
  }
  return { id, key };
}

function stripPadding(base64: string): string {
  return base64.replace(/=+$/, '');
}

function nameOf(index: number, id?: string): string {
  return `entry ${index + 1}${id === undefined ? '' : ` (${id})`} of the key ring`;
}
