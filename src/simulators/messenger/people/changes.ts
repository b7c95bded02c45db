import type { Message } from './message';
import type { Person } from './person';

/** Something an open phones page has to show at once. */
export type Change =
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'person'; readonly person: Person }
  | { readonly type: 'typing'; readonly psid: string; readonly by: TypingAuthor | null }
  | { readonly type: 'profile' };

/** Who is typing: the page, or a persona of it. */
export interface TypingAuthor {
  readonly name?: string;
  /** Real time in milliseconds after which the dots disappear by themselves. */
  readonly until: number;
}

/** Tells every listener of changes, in the order they happen. */
export class Changes {
  private readonly listeners = new Set<(change: Change) => void>();

  /** Listens until the returned function is called. */
  listen(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}
