import type { People } from '../people/people';
import type { Threads } from '../people/threads';
import type { Announcer } from './announcer';

/** A phone reports what it got at once, several messages in one report, and what was read a moment later. */
const DELIVERED_AFTER_MS = 150;
const READ_AFTER_MS = 900;

/** The delivery and read receipts of phones. */
export class Receipts {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly due = new Set<string>();

  constructor(
    private readonly people: People,
    private readonly threads: Threads,
    private readonly announcer: Announcer,
    /** Keeps what was changed and has it delivered. */
    private readonly settle: () => Promise<void>,
  ) {}

  /** A message of the page is on its way to the person's phone. */
  expect(psid: string): void {
    this.after(DELIVERED_AFTER_MS, `delivered ${psid}`, () => this.delivered(psid));
  }

  /** Takes up the receipts that a restart has left open. */
  resume(): void {
    for (const { psid, readsPromptly } of this.people.all()) {
      if (this.threads.unseen(psid, 'deliveredAt').length > 0) this.expect(psid);
      else if (readsPromptly && this.threads.unseen(psid, 'readAt').length > 0) this.readLater(psid);
    }
  }

  /** The person looks at the thread: everything in it is read. Changes and announces without keeping. */
  read(psid: string): void {
    const person = this.people.get(psid);
    const unread = this.threads.unseen(psid, 'readAt');
    const last = unread.at(-1);
    if (person === undefined || last === undefined) return;
    const now = Date.now();
    for (const message of unread) {
      message.deliveredAt ??= now;
      message.readAt = now;
      this.threads.keep(message);
    }
    this.announcer.ofPerson(person, { field: 'message_reads', content: { read: { watermark: last.at } } });
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async delivered(psid: string): Promise<void> {
    const person = this.people.get(psid);
    const arrived = this.threads.unseen(psid, 'deliveredAt');
    const last = arrived.at(-1);
    if (person === undefined || last === undefined) return;
    const now = Date.now();
    for (const message of arrived) {
      message.deliveredAt = now;
      this.threads.keep(message);
    }
    const delivery = { mids: arrived.map(({ mid }) => mid), watermark: last.at };
    this.announcer.ofPerson(person, { field: 'message_deliveries', content: { delivery } });
    await this.settle();
    if (person.readsPromptly) this.readLater(psid);
  }

  private readLater(psid: string): void {
    this.after(READ_AFTER_MS, `read ${psid}`, async () => {
      this.read(psid);
      await this.settle();
    });
  }

  /** One timer per purpose: what comes in between is covered by the one that already runs. */
  private after(milliseconds: number, purpose: string, act: () => Promise<void>): void {
    if (this.due.has(purpose)) return;
    this.due.add(purpose);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.due.delete(purpose);
      // Receipts are a courtesy: one that could not be kept is taken up again with the next message.
      act().catch(() => undefined);
    }, milliseconds);
    timer.unref();
    this.timers.add(timer);
  }
}
