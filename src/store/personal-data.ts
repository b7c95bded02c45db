import { createHash, createHmac } from 'node:crypto';
import { DataKey } from '../keys';
import type { KeyRing } from '../keys';
import type { Db } from './database';
import { NoSuchRow, PersonForgotten } from './errors';
import type { DB } from './schema';

/** Columns that are encrypted under a data key. */
type SealedColumn<Table extends keyof DB> = Extract<keyof DB[Table], `${string}_enc`> & string;

/** A person's data key, with the wrapped form that it stands in the database in. */
export interface KnownKey {
  wrapped: Buffer;
  key: DataKey;
}

/** How many unwrapped keys a process remembers: some hundred bytes each, for the people of a busy day. */
const REMEMBERED_KEYS = 10_000;

/** Knows the keys of people: makes, finds and remembers them, and indexes values that must be found again. */
export class PersonalData {
  readonly #ring: KeyRing;
  readonly #blindIndexKey: Buffer;
  /**
   * By person, oldest use first. The database has the last word: one is used where it was just read in its wrapped form,
   * or by a statement that compares that itself, so that a destroyed or replaced key is never used from memory.
   */
  readonly #known = new Map<string, KnownKey>();

  constructor(ring: KeyRing, blindIndexKey: Buffer) {
    this.#ring = ring;
    this.#blindIndexKey = blindIndexKey;
  }

  /** A new data key for this person, wrapped as it is stored. */
  createKey(personKey: string): Buffer {
    return DataKey.create().wrap(this.#ring, wrappingPlace(personKey));
  }

  /** The person's data key. @throws PersonForgotten when it was destroyed; NoSuchRow when nobody is registered so. */
  async keyOf(db: Db, personKey: string): Promise<DataKey> {
    return (await this.read(db, personKey)).key;
  }

  /**
   * Writes with the key that is in mind, without reading it first; `write` has to compare its wrapped form, and gives
   * undefined where nothing was written or found. It is then called once more, with the key as it is now.
   * @throws as {@link keyOf}
   */
  async withKey<T>(
    db: Db,
    personKey: string,
    write: (known: KnownKey) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const inMind = this.#known.get(personKey);
    return (inMind && (await write(inMind))) ?? write(await this.read(db, personKey));
  }

  /** The data key from its wrapped form. @throws PersonForgotten when there is none any more. */
  unwrap(personKey: string, wrapped: Buffer | null): DataKey {
    return this.know(personKey, wrapped).key;
  }

  private async read(db: Db, personKey: string): Promise<KnownKey> {
    const row = await db
      .selectFrom('people')
      .select('data_key_enc')
      .where('person_key', '=', personKey)
      .executeTakeFirst();
    if (!row) throw new NoSuchRow('people', personKey);
    return this.know(personKey, row.data_key_enc);
  }

  private know(personKey: string, wrapped: Buffer | null): KnownKey {
    if (!wrapped) throw new PersonForgotten(personKey);
    const before = this.#known.get(personKey);
    const known = before?.wrapped.equals(wrapped)
      ? before
      : { wrapped, key: DataKey.unwrap(this.#ring, wrapped, wrappingPlace(personKey)) };
    this.#known.delete(personKey);
    this.#known.set(personKey, known);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > REMEMBERED_KEYS) this.#known.delete(oldest);
    return known;
  }

  /** A keyed hash by which an encrypted value is found again: blind to capitals and to blanks around it. */
  index(value: string): Buffer {
    return this.fingerprint(value.trim().toLowerCase());
  }

  /** A keyed hash of exactly this text, which nobody without the key can try out guesses on. */
  fingerprint(text: string): Buffer {
    return createHmac('sha256', this.#blindIndexKey).update(text).digest();
  }
}

/** One row's encrypted columns. Each is bound to table, row and column, so that none can be moved unnoticed. */
export class SealedRow<Table extends keyof DB> {
  constructor(
    private readonly key: DataKey,
    private readonly table: Table,
    private readonly primaryKey: string,
  ) {}

  seal(column: SealedColumn<Table>, text: string): Buffer {
    return this.key.seal(text, this.place(column));
  }

  sealOptional(column: SealedColumn<Table>, text: string | undefined): Buffer | null {
    return text === undefined ? null : this.seal(column, text);
  }

  /** @throws Unreadable when the ciphertext was changed or stems from elsewhere. */
  open(column: SealedColumn<Table>, sealed: Buffer): string {
    return this.key.open(sealed, this.place(column));
  }

  openOptional(column: SealedColumn<Table>, sealed: Buffer | null): string | undefined {
    return sealed === null ? undefined : this.open(column, sealed);
  }

  private place(column: string): string {
    return `${this.table}|${this.primaryKey}|${column}`;
  }
}

/** Hash of a secret with enough randomness of its own: it is compared, never read back. */
export function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function wrappingPlace(personKey: string): string {
  return `people|${personKey}|data_key_enc`;
}
