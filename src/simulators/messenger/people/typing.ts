import type { Changes, TypingAuthor } from './changes';

/** The dots vanish by themselves after twenty seconds (sender actions reference). */
const DOTS_LAST_MS = 20_000;

/** Whom the page is seen typing to. Kept in memory: nobody misses dots after a restart. */
export class Typing {
  private readonly shown = new Map<string, { author: TypingAuthor; timer: NodeJS.Timeout }>();

  constructor(private readonly changes: Changes) {}

  /** Who is seen typing to a person, if anybody. */
  of(psid: string): TypingAuthor | null {
    return this.shown.get(psid)?.author ?? null;
  }

  start(psid: string, name: string | undefined): void {
    clearTimeout(this.shown.get(psid)?.timer);
    const author = { ...(name === undefined ? {} : { name }), until: Date.now() + DOTS_LAST_MS };
    const timer = setTimeout(() => this.stop(psid), DOTS_LAST_MS);
    timer.unref();
    this.shown.set(psid, { author, timer });
    this.changes.tell({ type: 'typing', psid, by: author });
  }

  stop(psid: string): void {
    const shown = this.shown.get(psid);
    if (shown === undefined) return;
    clearTimeout(shown.timer);
    this.shown.delete(psid);
    this.changes.tell({ type: 'typing', psid, by: null });
  }

  close(): void {
    for (const { timer } of this.shown.values()) clearTimeout(timer);
    this.shown.clear();
  }
}
