import type { SimulatedClock } from '../../control/clock';
import type { Documents } from '../../control/documents';
import type { FaultList } from '../../control/faults';
import type { Exchange } from '../people/message';
import { deliver } from './delivery';
import type { DeliveryFault } from './delivery';
import type { PendingEvent } from './event';
import type { EventQueue } from './queue';
import type { Subscription } from './subscription';

/** Deliveries on their way at the same time; beyond it waiting events of different people share a body. */
const CONCURRENT_DELIVERIES = 8;
/** Events in one body. Graph webhooks may carry up to a thousand; twenty keep a lost delivery cheap. */
const LARGEST_BATCH = 20;
/** The first redelivery follows after a second, each further one after twice the time, up to the cap. */
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/** What the dispatcher works with. */
export interface DispatcherParts {
  readonly documents: Documents;
  readonly clock: SimulatedClock;
  readonly faults: FaultList<unknown>;
  readonly queue: EventQueue;
  readonly subscription: Subscription;
  readonly pageId: string;
  readonly appSecret: string;
  /** Runs for every event the application has acknowledged, before that is kept. */
  readonly acknowledged: (event: PendingEvent) => void;
  /** Runs for every attempt, whatever came of it. */
  readonly attempted: (event: PendingEvent, exchange: Exchange) => void;
}

/** The wait before the next attempt after so many failed ones, in milliseconds of real time. */
export function redeliveryDelay(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
}

/**
 * Delivers waiting events until each is acknowledged with 200. Every person's events go one at a time and in order (the
 * next waits for the 200 of the one before); people do not wait for each other.
 */
export class Dispatcher {
  private readonly underway = new Set<string>();
  private readonly failures = new Map<string, { count: number; retryAt: number }>();
  private readonly stopped = new AbortController();
  private readonly deliveries = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: DispatcherParts) {}

  /** Sends what is due. Call it whenever something was queued or the subscription changed. */
  wake(): void {
    if (this.stopped.signal.aborted || !this.parts.subscription.state.active) return;
    const free = CONCURRENT_DELIVERIES - this.deliveries.size;
    if (free > 0) this.sendDue(free);
    this.sleepUntilNext();
  }

  /** Stops; what was not acknowledged stays queued. */
  async close(): Promise<void> {
    this.stopped.abort();
    clearTimeout(this.timer);
    await Promise.all(this.deliveries);
  }

  private sendDue(free: number): void {
    const struck: { event: PendingEvent; fault: DeliveryFault }[] = [];
    const plain: PendingEvent[] = [];
    for (const event of this.due().slice(0, free * LARGEST_BATCH)) {
      const fault = this.strike(event);
      if (fault === undefined) plain.push(event);
      else struck.push({ event, fault });
    }
    for (const { event, fault } of struck) this.start([event], fault);
    for (const batch of inBatches(plain, Math.max(1, free - struck.length))) this.start(batch, undefined);
  }

  private due(): PendingEvent[] {
    const now = Date.now();
    return this.parts.queue
      .heads()
      .filter(({ psid }) => !this.underway.has(psid) && (this.failures.get(psid)?.retryAt ?? 0) <= now);
  }

  private strike({ psid, field }: PendingEvent): DeliveryFault | undefined {
    const path = `${new URL(this.parts.subscription.state.callbackUrl).pathname} ${field}`;
    return this.parts.faults.strike({ method: 'POST', path, psid, to: 'webhook' });
  }

  private start(events: PendingEvent[], fault: DeliveryFault | undefined): void {
    for (const { psid } of events) this.underway.add(psid);
    const delivery = this.run(events, fault)
      // The state could not be kept: what is still queued is delivered again, and the next commit writes the rest.
      .catch(() => this.failed(events))
      .finally(() => {
        for (const { psid } of events) this.underway.delete(psid);
        this.deliveries.delete(delivery);
        this.wake();
      });
    this.deliveries.add(delivery);
  }

  private async run(events: PendingEvent[], fault: DeliveryFault | undefined): Promise<void> {
    const { documents, subscription, pageId, appSecret } = this.parts;
    // Nothing may be told that a crash could still undo.
    await documents.commit();
    const to = { url: subscription.state.callbackUrl, pageId, appSecret };
    const { outcome, exchange } = await deliver(to, events, fault, this.stopped.signal);
    if (this.stopped.signal.aborted && outcome === 'failed') return;
    for (const event of events) this.parts.attempted(event, exchange);
    if (outcome === 'failed') this.failed(events);
    else this.succeeded(events, outcome === 'acknowledged');
    await documents.commit();
  }

  private succeeded(events: PendingEvent[], acknowledged: boolean): void {
    if (acknowledged) this.parts.subscription.succeeded();
    for (const event of events) {
      this.failures.delete(event.psid);
      this.parts.queue.remove(event);
      if (acknowledged) this.parts.acknowledged(event);
    }
  }

  private failed(events: PendingEvent[]): void {
    this.parts.subscription.failed(this.parts.clock.now());
    for (const { psid } of events) {
      const count = (this.failures.get(psid)?.count ?? 0) + 1;
      this.failures.set(psid, { count, retryAt: Date.now() + redeliveryDelay(count) });
    }
  }

  private sleepUntilNext(): void {
    clearTimeout(this.timer);
    const waiting = this.parts.queue.heads().filter(({ psid }) => !this.underway.has(psid));
    const next = Math.min(...waiting.map(({ psid }) => this.failures.get(psid)?.retryAt ?? Infinity));
    if (next === Infinity) return;
    this.timer = setTimeout(() => this.wake(), Math.max(1, next - Date.now()));
    this.timer.unref();
  }
}

function inBatches(events: PendingEvent[], most: number): PendingEvent[][] {
  const size = Math.min(LARGEST_BATCH, Math.ceil(events.length / most));
  const batches: PendingEvent[][] = [];
  for (let at = 0; at < events.length; at += size) batches.push(events.slice(at, at + size));
  return batches;
}
