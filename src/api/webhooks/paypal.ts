import { createHash } from 'node:crypto';
import { Router, raw } from 'express';
import type { WalletEvent } from '../../domain/money/wallet-events';
import { LAUNCH_DECISION } from '../../domain/rollout/decision';
import type { LogFields, Metrics } from '../../observability';
import type { Store } from '../../store';
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
}

const LARGEST_BODY = '4mb';
const PROVIDER = 'paypal';

/** Payout states that a waiting payment can go on with. */
const ANSWERS: ReadonlySet<string> = new Set(['paid', 'failed', 'returned', 'reversed', 'unclaimed']);

/**
 * PayPal's webhook. An event is kept first and forwarded second; a repetition is skipped only if the first was
 * forwarded. Events out of order are harmless: a payout completes what waits for it, and whoever waits no longer is told
 * and decides for itself.
 */
export function paypalWebhook({ store, gateway, metrics, log, verifier }: PayPalWebhookDependencies): Router {
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
    if (event.kind === 'payout') return forwardPayout(event);
    if (event.kind === 'consent-revoked') return forwardRevocation(event, eventId);
  }

  async function forwardPayout(event: Extract<WalletEvent, { kind: 'payout' }>): Promise<void> {
    if (!ANSWERS.has(event.payout.state)) return;
    const waiting = await store.payments.payoutOf(event.paymentId);
    if (!waiting) return;
    const completed = await gateway.completePayout(waiting.workflowId, waiting.activityId, event.payout);
    // Nobody waits for this answer any more: the payment may still wait for the money to be claimed.
    if (completed === 'not-waiting') await gateway.tellPayment(event.paymentId, event);
  }

  /** The consent was taken back at PayPal: the same as if the person had unlinked in the chat. */
  async function forwardRevocation(
    event: Extract<WalletEvent, { kind: 'consent-revoked' }>,
    eventId: string,
  ): Promise<void> {
    const byToken = event.token ? await store.links.byVaultToken(event.token) : undefined;
    const link = byToken ?? (event.payerId ? await store.links.byPayerId(event.payerId) : undefined);
    if (!link) return;
    const { page, address } = await store.people.address(link.personKey);
    await gateway.tell(
      { page, personKey: link.personKey, rollout: LAUNCH_DECISION },
      {
        kind: 'person',
        event: { key: `paypal:${eventId}`, source: { page, address }, at: Date.now(), act: { kind: 'unlinked' } },
      },
    );
  }
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
