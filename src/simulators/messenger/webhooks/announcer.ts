import type { SimulatedClock } from '../../control/clock';
import { channelFor } from '../graph/rules/thread-owner';
import type { JsonObject } from '../people/message';
import type { Person } from '../people/person';
import type { EventField, NewEvent, PendingEvent } from './event';
import type { EventQueue } from './queue';
import type { Subscription } from './subscription';

/** What a bystander of a thread hears of. */
const HEARD_ON_STANDBY: ReadonlySet<EventField> = new Set([
  'messages',
  'message_echoes',
  'message_deliveries',
  'message_reads',
  'messaging_postbacks',
]);

/** Puts events into the queue the way the page's subscription and the control of the thread want it. */
export class Announcer {
  constructor(
    private readonly queue: EventQueue,
    private readonly subscription: Subscription,
    private readonly clock: SimulatedClock,
    private readonly identity: { readonly pageId: string; readonly appId: string },
  ) {}

  /** Queues something a person did: sender is the person, recipient the page. */
  ofPerson(person: Person, event: NewEvent, at = Date.now()): void {
    this.queueFor(person, event, {
      sender: { id: person.psid },
      recipient: { id: this.identity.pageId },
      timestamp: at,
    });
  }

  /** Queues the echo of what the page did: the sides are the other way round. */
  ofPage(person: Person, event: NewEvent, at: number): void {
    this.queueFor(person, event, {
      sender: { id: this.identity.pageId },
      recipient: { id: person.psid },
      timestamp: at,
    });
  }

  private queueFor(person: Person, { field, content, mid }: NewEvent, sides: JsonObject): void {
    const channel = this.channelOf(person, field);
    const wanted = channel === 'standby' ? 'standby' : field;
    if (!this.subscription.wants(wanted)) return;
    if (channel === 'standby' && !HEARD_ON_STANDBY.has(field)) return;
    const event = { ...sides, ...(channel === 'standby' ? withoutPayload(content) : content) };
    this.queue.add({ psid: person.psid, field, channel, event, ...(mid === undefined ? {} : { mid }) });
  }

  /** Who controls a thread, and whose account is linked, is told to the app itself, not to a bystander. */
  private channelOf(person: Person, field: EventField): PendingEvent['channel'] {
    if (field === 'messaging_handovers' || field === 'messaging_account_linking') return 'messaging';
    return channelFor(person, this.identity.appId, this.clock.now());
  }
}

/** A payload is only for the app that sent the button. */
function withoutPayload(content: JsonObject): JsonObject {
  const postback = content['postback'];
  if (typeof postback !== 'object' || postback === null) return content;
  const { payload: _payload, ...rest } = postback as JsonObject;
  return { ...content, postback: rest };
}
