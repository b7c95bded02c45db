import type { Collection, Documents } from '../../control/documents';
import type { JsonObject } from '../people/message';
import type { EventField, PendingEvent } from './event';

/** Digits of a sequence number: more events than any run will see. */
const ID_DIGITS = 12;

/** Events that wait for their acknowledgement: one line per person, each in order. */
export class EventQueue {
  private readonly kept: Collection<PendingEvent>;
  private readonly lines = new Map<string, PendingEvent[]>();
  private lastId = 0;

  constructor(documents: Documents) {
    this.kept = documents.collection<PendingEvent>('event');
  }

  /** Puts what was loaded in order; to be called once the documents are loaded. */
  restore(): void {
    for (const event of this.kept.values().toSorted((one, other) => one.id.localeCompare(other.id))) {
      this.line(event.psid).push(event);
      this.lastId = Number(event.id);
    }
  }

  add(event: {
    psid: string;
    field: EventField;
    channel: PendingEvent['channel'];
    event: JsonObject;
    mid?: string;
  }): PendingEvent {
    // Real time keeps numbers growing over a restart that finds the queue empty.
    this.lastId = Math.max(this.lastId + 1, Date.now() - Date.UTC(2026, 0, 1));
    const pending = { id: String(this.lastId).padStart(ID_DIGITS, '0'), ...event };
    this.line(event.psid).push(pending);
    return this.kept.set(pending.id, pending);
  }

  /** The first event of every person's line. */
  heads(): PendingEvent[] {
    return [...this.lines.values()].flatMap((line) => line.slice(0, 1));
  }

  /** Takes an acknowledged event out of its line. */
  remove(event: PendingEvent): void {
    const line = this.line(event.psid);
    line.splice(line.indexOf(event), 1);
    if (line.length === 0) this.lines.delete(event.psid);
    this.kept.delete(event.id);
  }

  private line(psid: string): PendingEvent[] {
    const line = this.lines.get(psid) ?? [];
    this.lines.set(psid, line);
    return line;
  }
}
