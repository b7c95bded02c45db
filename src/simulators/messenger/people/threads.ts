import type { Collection, Documents } from '../../control/documents';
import type { Changes } from './changes';
import { newMessageId } from './ids';
import type { Exchange, Message } from './message';

/** Exchanges kept beside a message: the last ones tell what happened. */
const EXCHANGES_KEPT = 6;

/** Everything a new message brings along; the thread gives it its id, place and time. */
export type NewMessage = Omit<Message, 'mid' | 'position' | 'at' | 'wire'>;

/** The conversations of all people, message by message. */
export class Threads {
  private readonly kept: Collection<Message>;
  private readonly byPerson = new Map<string, Message[]>();

  constructor(
    documents: Documents,
    private readonly changes: Changes,
  ) {
    this.kept = documents.collection<Message>('message');
  }

  /** Puts what was loaded in order; to be called once the documents are loaded. */
  restore(): void {
    for (const message of this.kept.values().toSorted((one, other) => one.position - other.position)) {
      this.line(message.psid).push(message);
    }
  }

  /** The messages of a person, oldest first. */
  of(psid: string): readonly Message[] {
    return this.byPerson.get(psid) ?? [];
  }

  get(mid: string): Message | undefined {
    return this.kept.get(mid);
  }

  /** Appends a message. Times in a thread never repeat, so that a watermark tells exactly what it covers. */
  append(message: NewMessage): Message {
    const line = this.line(message.psid);
    const last = line.at(-1);
    const at = Math.max(Date.now(), (last?.at ?? 0) + 1);
    const appended: Message = { ...message, mid: newMessageId(), position: line.length, at, wire: [] };
    line.push(appended);
    return this.keep(appended);
  }

  /** Keeps what was changed in a message. */
  keep(message: Message): Message {
    this.kept.set(message.mid, message);
    this.changes.tell({ type: 'message', message });
    return message;
  }

  /** Notes what happened on the wire for a message. */
  note(message: Message, exchange: Exchange): void {
    message.wire = [...message.wire, exchange].slice(-EXCHANGES_KEPT);
    this.keep(message);
  }

  /** Messages of the page that a person has not got yet, or not read yet. */
  unseen(psid: string, mark: 'deliveredAt' | 'readAt'): Message[] {
    return this.of(psid).filter((message) => message.from === 'page' && message[mark] === undefined);
  }

  private line(psid: string): Message[] {
    const line = this.byPerson.get(psid) ?? [];
    this.byPerson.set(psid, line);
    return line;
  }
}
