/** A document as it is kept: `body` is plain JSON. */
export interface StoredDocument {
  kind: string;
  id: string;
  body: unknown;
}

/** A change of one document; without `body` it is deleted. */
export interface DocumentChange {
  kind: string;
  id: string;
  body?: unknown;
}

/** Where documents outlive the process. */
export interface DocumentStore {
  /** Everything that is kept. */
  load(): Promise<StoredDocument[]>;
  /** Keeps all changes or none. */
  save(changes: DocumentChange[]): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing beyond the process: for property tests and throw-away runs. */
export const memoryOnly: DocumentStore = {
  load: async () => [],
  save: async () => {},
  close: async () => {},
};

/**
 * A map of documents of one kind. Values may be changed in place, if {@link Collection.set} follows: only then the
 * change is kept.
 */
export class Collection<T> {
  readonly #values = new Map<string, T>();

  constructor(
    readonly kind: string,
    private readonly changed: (id: string) => void,
  ) {}

  get(id: string): T | undefined {
    return this.#values.get(id);
  }

  has(id: string): boolean {
    return this.#values.has(id);
  }

  set(id: string, value: T): T {
    this.#values.set(id, value);
    this.changed(id);
    return value;
  }

  delete(id: string): void {
    if (this.#values.delete(id)) this.changed(id);
  }

  values(): T[] {
    return [...this.#values.values()];
  }

  entries(): [id: string, value: T][] {
    return [...this.#values.entries()];
  }

  get size(): number {
    return this.#values.size;
  }

  /** Fills the map from the store, without marking anything as changed. */
  restore(id: string, value: T): void {
    this.#values.set(id, value);
  }
}

/**
 * All state of a simulator: collections in memory, changes written to the store by {@link Documents.commit}. A handler
 * changes its collections without awaiting, commits, then answers, so a killed process loses nothing it has told.
 */
export class Documents {
  readonly #collections = new Map<string, Collection<unknown>>();
  #dirty = new Map<string, { kind: string; id: string }>();
  #changed = 0;
  #written = 0;
  #writing: Promise<void> | undefined;

  constructor(private readonly store: DocumentStore) {}

  /** The collection of a kind. Ask for every kind before {@link load}: others are left alone in the store. */
  collection<T>(kind: string): Collection<T> {
    const known = this.#collections.get(kind) as Collection<T> | undefined;
    if (known) return known;
    const collection = new Collection<T>(kind, (id) => {
      this.#changed += 1;
      this.#dirty.set(`${kind}\n${id}`, { kind, id });
    });
    this.#collections.set(kind, collection as Collection<unknown>);
    return collection;
  }

  /** Reads everything that was kept into the collections. */
  async load(): Promise<void> {
    for (const { kind, id, body } of await this.store.load()) this.#collections.get(kind)?.restore(id, body);
  }

  /**
   * Returns once every change made so far, by anybody, is kept: an answer must not rest on what a crash could undo.
   * Calls that overlap share a transaction. Throws what the store throws; the changes are tried again next time.
   */
  async commit(): Promise<void> {
    const mine = this.#changed;
    while (this.#written < mine) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
  }

  /** Keeps what is left and lets the store go. */
  async close(): Promise<void> {
    await this.commit();
    await this.store.close();
  }

  async #write(): Promise<void> {
    const upTo = this.#changed;
    const taken = this.#dirty;
    this.#dirty = new Map();
    const changes = [...taken.values()].map(({ kind, id }) => {
      const body = this.#collections.get(kind)?.get(id);
      return body === undefined ? { kind, id } : { kind, id, body };
    });
    try {
      await this.store.save(changes);
      this.#written = upTo;
    } catch (error) {
      this.#dirty = new Map([...taken, ...this.#dirty]);
      throw error;
    }
  }
}
