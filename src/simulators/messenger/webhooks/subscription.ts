import type { Collection, Documents } from '../../control/documents';
import { EVENT_FIELDS } from './event';
import type { EventField } from './event';

/** A webhook that fails for so long is switched off and the app unsubscribed from the page. */
const DISABLED_AFTER_MS = 8 * 60 * 60 * 1000;

/** The page's subscription of the application. */
export interface SubscriptionState {
  callbackUrl: string;
  /** Fields the page sends to the app; anything else is not sent. */
  fields: string[];
  active: boolean;
  /** When deliveries began to fail without a success since, by the simulator's clock. */
  failingSince?: number;
}

/**
 * Whether, where to and about what the page tells the application. A new page is subscribed to everything: the
 * developer did that in the dashboard.
 */
export class Subscription {
  private readonly kept: Collection<SubscriptionState>;

  constructor(
    documents: Documents,
    private readonly defaultUrl: string,
  ) {
    this.kept = documents.collection<SubscriptionState>('subscription');
  }

  get state(): Readonly<SubscriptionState> {
    return this.kept.get('page') ?? { callbackUrl: this.defaultUrl, fields: [...EVENT_FIELDS], active: true };
  }

  /** The address is the one given at the start: the application may have moved since the last run. */
  restore(): void {
    this.change({ callbackUrl: this.defaultUrl });
  }

  wants(field: EventField): boolean {
    return this.state.active && this.state.fields.includes(field);
  }

  /** Subscribes the app to fields of the page; also what brings a disabled webhook back. */
  subscribe(fields: string[]): void {
    this.change({ fields, active: true, failingSince: undefined });
  }

  unsubscribe(): void {
    this.change({ active: false, failingSince: undefined });
  }

  moveTo(callbackUrl: string): void {
    this.change({ callbackUrl });
  }

  /** A delivery was acknowledged. */
  succeeded(): void {
    if (this.state.failingSince !== undefined) this.change({ failingSince: undefined });
  }

  /** A delivery failed at this moment of the simulator's clock: after hours of it the webhook is disabled. */
  failed(now: number): void {
    const failingSince = this.state.failingSince ?? now;
    this.change({ failingSince, active: now - failingSince < DISABLED_AFTER_MS });
  }

  private change(change: Partial<SubscriptionState>): void {
    this.kept.set('page', { ...this.state, ...change });
  }
}
