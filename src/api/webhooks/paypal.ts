import { createHash } from 'node:crypto';
import { Router, raw } from 'express';
import type { WalletEvent } from '../../domain/money/wallet-events';
import { LAUNCH_DECISION } from '../../domain/rollout/decision';
import type { LogFields, Metrics } from '../../observability';
import type { PaymentState, Store } from '../../store';
import type { Gateway } from '../../temporal/gateway';
import type { WebhookVerifier } from '../../wallets/paypal/webhook';
import { WebhookRefused } from '../../wallets/paypal/webhook';
import { Problem } from '../problem';

export interface PayPalWebhookDependencies {
  store: Store;
  gateway: Gateway;
  metrics: Metrics;
  log: (fields: LogFields) => void;
  verifier: WebhookVerifier;
  /** The time, in milliseconds since the epoch; the real one by default. */
  now?: () => number;
}

const LARGEST_BODY = '4mb';

/** Our ids of payments are UUIDs. */
const OUR_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const PROVIDER = 'paypal';

/** Payout states that a waiting payment can go on with. */
const ANSWERS: ReadonlySet<string> = new Set(['paid', 'failed', 'returned', 'reversed', 'unclaimed', 'held']);

/**
 * A charge is answered within seconds, and its event mostly comes first. Only one whose answer is missing for this long,
 * in milliseconds, needs the event.
 */
const IN_DOUBT_AFTER_MS = 60_000;

/**
 * PayPal's webhook. An event is kept first and forwarded second; a repetition is skipped only if the first was
 * forwarded. Events out of order are harmless: a payout completes what waits for it, and whoever waits no longer is told
 * and decides for itself.
 */
export function paypalWebhook({
  store,
  gateway,
  metrics,
  log,
  verifier,
  now = Date.now,
}: PayPalWebhookDependencies): Router {
  const router = Router();
  router.post('/webhooks/paypal', raw({ type: () => true, limit: LARGEST_BODY }), async (request, response) => {
    const sent: unknown = request.body;
    const body = Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
    const { id, event } = await verifier.verify(body, request.headers).catch((error: unknown) => {
      throw refusalOf(error, log);
    });
    metrics.webhookEvents.inc({ provider: PROVIDER, kind: event.kind });
    const bodyHash = createHash('sha256').update(body).digest();
    const { forwarded } = await store.received.begin({ provider: PROVIDER, eventId: id, bodyHash, body });
    if (!forwarded) {
      await forward(event, id);
      await store.received.forwarded(PROVIDER, id);
    }
    response.status(200).end();
  });
  return router;

  async function forward(event: WalletEvent, eventId: string): Promise<void> {
    log({ provider: PROVIDER, kind: event.kind, eventId });
    // Whatever else is sold through the same account names its transactions as it likes.
    if ('paymentId' in event && event.paymentId !== undefined && !OUR_ID.test(event.paymentId)) return;
    switch (event.kind) {
      case 'payout':
        return forwardPayout(event);
      case 'charge':
        return forwardCharge(event);
      case 'charge-returned':
        return forwardReturn(event);
      case 'dispute':
        return forwardDispute(event);
      case 'consent-revoked':
        return forwardRevocation(event, eventId);
      case 'other':
        return;
    }
  }

  async function forwardPayout(event: Extract<WalletEvent, { kind: 'payout' }>): Promise<void> {
    if (!ANSWERS.has(event.payout.state)) return;
    const waiting = await store.payments.payoutOf(event.paymentId);
    if (!waiting) return;
    const completed = await gateway.completePayout(waiting.workflowId, waiting.activityId, event.payout);
    // Nobody waits for this answer any more: the payment may still wait for the money to be claimed, or have ended.
    if (completed === 'not-waiting') await tell(event.paymentId, event);
  }

  async function forwardCharge(event: Extract<WalletEvent, { kind: 'charge' }>): Promise<void> {
    const charge = (await store.payments.stepsOf(event.paymentId)).find(({ step }) => step === 'charge');
    const waits = charge?.state === 'intended' && now() - charge.firstAttemptAt.getTime() > IN_DOUBT_AFTER_MS;
    if (waits) await gateway.tellPayment(event.paymentId, event);
  }

  async function forwardReturn(event: Extract<WalletEvent, { kind: 'charge-returned' }>): Promise<void> {
    const paymentId = event.paymentId ?? (await store.payments.ofCapture(event.captureId));
    if (paymentId === undefined) return;
    // Our own refunds come back as events; they are known before they are made.
    const steps = await store.payments.stepsOf(paymentId);
    if (event.by === 'refund' && steps.some(({ step }) => step === 'refund')) return;
    await tell(paymentId, event);
  }

  async function forwardDispute(event: Extract<WalletEvent, { kind: 'dispute' }>): Promise<void> {
    for (const captureId of event.captureIds) {
      const paymentId = await store.payments.ofCapture(captureId);
      if (paymentId !== undefined) await tellAftercare(paymentId, event);
    }
  }

  /** The payment itself, or whatever looks after it once it has ended. An unknown payment is another program's. */
  async function tell(paymentId: string, event: WalletEvent): Promise<void> {
    const told = await gateway.tellPayment(paymentId, event);
    if (told === 'not-running') await tellAftercare(paymentId, event);
  }

  async function tellAftercare(paymentId: string, event: WalletEvent): Promise<void> {
    const payment = await store.payments.find(paymentId);
    if (!payment || !needsAftercare(event, payment.state)) return;
    await gateway.tellAftercare({ subject: paymentId, payment: { paymentId, amount: payment.amount } }, event);
  }

  /** The consent was taken back at PayPal: the same as if the person had unlinked in the chat. */
  async function forwardRevocation(
    event: Extract<WalletEvent, { kind: 'consent-revoked' }>,
    eventId: string,
  ): Promise<void> {
    // A token that we know no longer is one that we ended ourselves: the account may be linked anew under another.
    const byToken = event.token !== undefined && (await store.links.byVaultToken(event.token));
    const byLogin = event.token === undefined && event.payerId && (await store.links.byPayerId(event.payerId));
    const link = byToken || byLogin;
    if (!link) return;
    const { page, address } = await store.people.reach(link.personKey);
    await gateway.tell(
      { page, personKey: link.personKey, rollout: LAUNCH_DECISION },
      {
        kind: 'person',
        event: { key: `paypal:${eventId}`, source: { page, address }, at: Date.now(), act: { kind: 'unlinked' } },
      },
    );
  }
}

/** Repetitions of what is recorded already need nobody. */
function needsAftercare(event: WalletEvent, state: PaymentState): boolean {
  if (event.kind !== 'payout') return true;
  const recorded = { paid: ['paid', 'reversed'], returned: ['refunded'], failed: ['refunded'] } as const;
  const { state: said } = event.payout;
  if (said === 'unclaimed' || said === 'held' || said === 'pending') return false;
  return said === 'reversed' ? state !== 'refunded' : !(recorded[said] as readonly PaymentState[]).includes(state);
}

function refusalOf(error: unknown, log: (fields: LogFields) => void): unknown {
  if (!(error instanceof WebhookRefused)) return error;
  log({ provider: PROVIDER, code: error.code });
  if (error.retryable) {
    return new Problem(503, {
      code: 'unavailable',
      title: 'Cannot be verified at the moment',
      detail: 'The certificate could not be fetched. Deliver the event again later.',
    });
  }
  if (error.code === 'malformed') {
    return new Problem(400, { code: 'wrong_input', title: 'Not an event of PayPal', detail: error.rule });
  }
  return new Problem(403, {
    code: 'forbidden',
    title: 'Not from PayPal',
    detail: 'The delivery is not signed by PayPal.',
  });
}
