import { setTimeout as wait } from 'node:timers/promises';
import type { FaultEffect, FaultList } from '../../control/faults';
import type { FaultError } from '../api/mock-response';
import type { Listener, Transmission, WebhookEvent } from '../state/webhook-records';
import type { World } from '../state/world';
import { certificateUrl } from './certificates';
import { AUTH_ALGORITHM, sign, signedText } from './signature';

/** PayPal tries again up to 25 times over three days (https://developer.paypal.com/api/rest/webhooks/rest/). */
const MOST_RETRIES = 25;

/** The nth repeat waits 1.6 to the nth seconds: 25 of them take two and a half days, the first few a blink. */
const FIRST_RETRY_MS = 1000;
const RETRY_GROWTH = 1.6;

/** How long a listener may take to answer. */
const ANSWER_TIMEOUT_MS = 20_000;

/** How many deliveries run at a time, so that a slow listener does not hold up all others. */
const MOST_AT_ONCE = 16;

/** A delivery that is to be overtaken waits so long. */
const SHUFFLE_MS = 1500;

interface Delivery {
  event: WebhookEvent;
  transmission: Transmission;
  listener: Listener;
}

/** Delay before a repeat, in milliseconds of the simulator's clock; `attempts` have been made. */
export const retryDelayMs = (attempts: number): number => Math.round(FIRST_RETRY_MS * RETRY_GROWTH ** (attempts - 1));

/** Sends events to their listeners until they answer 2xx, or 25 repeats are used up. */
export class Deliverer {
  readonly #underWay = new Set<Transmission>();
  readonly #stopped = new AbortController();

  constructor(
    private readonly world: World,
    private readonly faults: FaultList<FaultError>,
    private readonly reportError: (error: unknown) => void,
  ) {}

  /** Starts what is due, and goes on as deliveries end. Returns at once. */
  start(): void {
    if (this.#stopped.signal.aborted || this.#underWay.size >= MOST_AT_ONCE) return;
    for (const delivery of this.#due()) {
      if (this.#underWay.size >= MOST_AT_ONCE) return;
      this.#underWay.add(delivery.transmission);
      void this.#deliver(delivery)
        .then(
          () => true,
          (error: unknown) => {
            this.reportError(error);
            return false;
          },
        )
        .then((went) => {
          this.#underWay.delete(delivery.transmission);
          // What failed inside the simulator waits for the next tick, so that it does not spin.
          if (went) this.start();
        });
    }
  }

  /** Ends deliveries under way; they count as not answered. */
  stop(): void {
    this.#stopped.abort();
  }

  #due(): Delivery[] {
    const now = this.world.now();
    const due: Delivery[] = [];
    for (const id of this.world.undelivered) {
      const event = this.world.events.get(id);
      const open = event?.transmissions.filter(({ status }) => status === 'PENDING') ?? [];
      if (!event || open.length === 0) {
        this.world.undelivered.delete(id);
        continue;
      }
      for (const transmission of open) {
        const listener = this.world.listeners.get(transmission.listenerId);
        if (!listener) this.#finish(event, transmission, 'FAILURE');
        else if (transmission.nextAt <= now && !this.#underWay.has(transmission)) {
          due.push({ event, transmission, listener });
        }
      }
    }
    return due.sort((one, other) => one.transmission.nextAt - other.transmission.nextAt);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { event, transmission, listener } = delivery;
    // Nobody hears of what a crash could still undo.
    await this.world.documents.commit();
    const fault = this.faults.strike({ method: 'POST', path: `${listener.url}#${event.type}`, to: 'webhook' });
    if (fault?.shuffle) {
      transmission.nextAt = this.world.now() + SHUFFLE_MS;
      this.world.events.set(event.id, event);
      return;
    }
    if (fault?.delayMs) await wait(fault.delayMs, undefined, { signal: this.#stopped.signal }).catch(() => {});
    const delivered = await this.#send(delivery, fault);
    if (fault?.duplicate) await this.#send(delivery, undefined);
    if (this.#stopped.signal.aborted) return;
    transmission.attempts += 1;
    if (delivered) this.#finish(event, transmission, 'SUCCESS');
    else if (transmission.attempts > MOST_RETRIES) this.#finish(event, transmission, 'FAILURE');
    else transmission.nextAt = this.world.now() + retryDelayMs(transmission.attempts);
    this.world.events.set(event.id, event);
    await this.world.documents.commit();
  }

  /** One attempt; true if the listener took it. A fault's status or error stands for an answer that is not 2xx. */
  async #send({ event, transmission, listener }: Delivery, fault?: FaultEffect<FaultError>): Promise<boolean> {
    if (fault?.dropRequest || fault?.status !== undefined || fault?.error !== undefined) return false;
    try {
      const answer = await fetch(listener.url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
        headers: { 'content-type': 'application/json', ...this.#headers(event, transmission, listener) },
        body: event.body,
      });
      await answer.arrayBuffer();
      return answer.ok && fault?.dropResponse !== true;
    } catch {
      // Nobody listens, or too slowly: an attempt that failed, as PayPal counts it.
      return false;
    }
  }

  #headers(event: WebhookEvent, { id, time }: Transmission, listener: Listener): Record<string, string> {
    const certificates = this.world.certificates.get('webhooks');
    if (!certificates) throw new Error('there is no certificate to sign with');
    return {
      'paypal-transmission-id': id,
      'paypal-transmission-time': time,
      'paypal-transmission-sig': sign(signedText(id, time, listener.id, event.body), certificates.privateKey),
      'paypal-cert-url': certificateUrl(this.world, certificates),
      'paypal-auth-algo': AUTH_ALGORITHM,
      'paypal-auth-version': 'v2',
      'correlation-id': id.replaceAll('-', '').slice(0, 13),
    };
  }

  #finish(event: WebhookEvent, transmission: Transmission, status: 'SUCCESS' | 'FAILURE'): void {
    transmission.status = status;
    this.world.events.set(event.id, event);
  }
}
