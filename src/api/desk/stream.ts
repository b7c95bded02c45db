import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSession } from 'better-sse';
import type { Session } from 'better-sse';
import type { LogFields } from '../../observability';
import type { DeskEvent, Store } from '../../store';
import { CHANGE, SIGNED_OUT, SNAPSHOT } from '../contract/events';
import type { Change } from '../contract/events';

/** Comments in a quiet stream, so that no proxy takes it for dead (most give up after 60 s). */
const KEEP_ALIVE_MS = 15_000;

/** How long a browser waits before it comes back: soon, but not all of them at once with the restarted server. */
const RECONNECT_MS = 2_000;

/** A page that missed more than this reads everything anew, which is cheaper than being told of each change. */
const RESUME_AT_MOST = 1_000;

/** Events read from the log at a time. */
const BATCH = 200;

/** A page that takes nothing off its line is cut off; its browser comes back and goes on where it was. */
const UNREAD_BYTES_AT_MOST = 1_048_576;

/** What the streams of one process need. */
export interface StreamDependencies {
  deskEvents: Pick<Store['deskEvents'], 'after' | 'latestId' | 'listen'>;
  /** Whether a session goes on. */
  goesOn: (tokenHash: Buffer) => Promise<boolean>;
  log: (fields: LogFields) => void;
  /** How often open streams look whether their session goes on, in milliseconds. */
  checkEveryMs: number;
}

/** One page that is told. */
interface Listener {
  session: Session;
  response: ServerResponse;
  tokenHash: Buffer;
  /** Id of the last event it has. */
  position: number;
}

/**
 * Tells open pages of every desk event, in the order of the log and without gaps: an event's id in the stream is its id
 * in the log, so a page that was away goes on from the last one it has. One database connection listens for all pages
 * of the process, as long as there is one.
 */
export class DeskStream {
  private readonly listeners = new Set<Listener>();
  /** Pages that are being let in: the last one may leave while the next one is at the door. */
  private entering = 0;
  private listening?: Promise<{ close(): Promise<void> }>;
  private checking?: NodeJS.Timeout;
  private latest = 0;
  private advancing = false;

  constructor(private readonly deps: StreamDependencies) {}

  /** Opens a stream that goes on after the given event; without one, or too far back, it begins with a snapshot. */
  async open(
    request: IncomingMessage,
    response: ServerResponse,
    from: { after?: number; tokenHash: Buffer },
  ): Promise<void> {
    this.entering += 1;
    try {
      await this.letIn(request, response, from);
    } finally {
      this.entering -= 1;
      this.restWhenAlone();
    }
  }

  private async letIn(
    request: IncomingMessage,
    response: ServerResponse,
    from: { after?: number; tokenHash: Buffer },
  ): Promise<void> {
    await this.listen();
    const latest = await this.deps.deskEvents.latestId();
    const session = await createSession(request, response, {
      keepAlive: KEEP_ALIVE_MS,
      retry: RECONNECT_MS,
      headers: { 'x-accel-buffering': 'no', 'cache-control': 'no-store' },
    });
    const resumes = from.after !== undefined && from.after <= latest && latest - from.after <= RESUME_AT_MOST;
    const listener = { session, response, tokenHash: from.tokenHash, position: resumes ? (from.after ?? 0) : latest };
    if (!resumes) session.push({}, SNAPSHOT, String(latest));
    this.listeners.add(listener);
    response.once('close', () => this.leave(listener));
    // A comment that is written to a page which is just going away harms nobody.
    response.on('error', (error) => this.deps.log({ kind: 'desk-stream', error }));
    if (response.closed) this.leave(listener);
    this.heardOf(latest);
  }

  private async listen(): Promise<void> {
    this.listening ??= this.deps.deskEvents.listen((eventId) => this.heardOf(eventId));
    this.checking ??= setInterval(() => void this.checkSessions(), this.deps.checkEveryMs).unref();
    const listening = this.listening;
    try {
      await listening;
    } catch (error) {
      // Whoever comes next tries again.
      if (this.listening === listening) this.listening = undefined;
      throw error;
    }
  }

  /** When nobody is left, the connection and the clock rest until somebody comes. */
  private restWhenAlone(): void {
    if (this.listeners.size > 0 || this.entering > 0) return;
    clearInterval(this.checking);
    this.checking = undefined;
    const listening = this.listening;
    this.listening = undefined;
    listening?.then((connection) => connection.close()).catch((error: unknown) => this.deps.log({ error }));
  }

  private leave(listener: Listener): void {
    if (this.listeners.delete(listener)) this.restWhenAlone();
  }

  private heardOf(eventId: number): void {
    this.latest = Math.max(this.latest, eventId);
    if (!this.advancing) void this.advance();
  }

  /**
   * Reads on from whoever is furthest behind, until everybody has the latest event. It has ended in the moment in which
   * it finds nobody behind: what is heard of in the very next one begins anew.
   */
  private async advance(): Promise<void> {
    this.advancing = true;
    try {
      for (;;) {
        const behind = [...this.listeners].filter(({ position }) => position < this.latest);
        if (behind.length === 0) return;
        const from = Math.min(...behind.map(({ position }) => position));
        const events = await this.deps.deskEvents.after(from, BATCH);
        // Who joined further back while this was being read must not skip what lies between.
        for (const listener of this.listeners) if (listener.position >= from) this.tell(listener, events);
        if (events.length === 0) return;
      }
    } catch (error) {
      this.deps.log({ kind: 'desk-stream', error });
    } finally {
      this.advancing = false;
    }
  }

  private tell(listener: Listener, events: DeskEvent[]): void {
    const { session, response } = listener;
    for (const { eventId, kind, conversationId, actor } of events) {
      if (eventId <= listener.position) continue;
      const change: Change = { kind, ...(conversationId ? { conversationId } : {}), ...(actor ? { actor } : {}) };
      if (session.isConnected) session.push(change, CHANGE, String(eventId));
      listener.position = eventId;
    }
    if (response.writableLength > UNREAD_BYTES_AT_MOST) response.destroy();
  }

  private async checkSessions(): Promise<void> {
    for (const listener of this.listeners) {
      try {
        if (await this.deps.goesOn(listener.tokenHash)) continue;
        if (listener.session.isConnected) listener.session.push({}, SIGNED_OUT, String(listener.position));
        this.leave(listener);
        listener.response.end();
      } catch (error) {
        this.deps.log({ kind: 'desk-stream', error });
      }
    }
  }
}
