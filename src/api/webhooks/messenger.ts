import type { Request, Response } from 'express';
import { Router, raw } from 'express';
import { answerVerification, isSignedBy, parseBody, readWebhook } from '../../channels/messenger/webhook';
import type { Incoming, PersonEvent, Receipt } from '../../domain/chat/events';
import { redact, redactAct } from '../../domain/chat/redaction';
import { LAUNCH_DECISION } from '../../domain/rollout/decision';
import { personKey } from '../../identity';
import type { LogFields, Metrics } from '../../observability';
import { boundedLabel } from '../../observability';
import type { Store } from '../../store';
import type { Gateway } from '../../temporal/gateway';
import type { ConversationEvent } from '../../../workflows/messages/conversation';
import { Problem } from '../problem';

export interface MessengerWebhookDependencies {
  store: Store;
  gateway: Gateway;
  metrics: Metrics;
  log: (fields: LogFields) => void;
  identityKey: Buffer;
  pageId: string;
  appId: string;
  /** The application's secret; two while it is being rotated. */
  appSecrets: string[];
  verifyToken: string;
}

/** Larger than any body Messenger sends (1,000 events), small enough that many at once fit in memory. */
const LARGEST_BODY = '4mb';

/**
 * Messenger's webhook. Answers 200 only once every event in the body is durable: what a conversation must decide on is
 * a signal that Temporal accepted, a receipt is a row. Anything else makes Messenger deliver the body again, and what was
 * accepted already has no second effect.
 */
export function messengerWebhook(deps: MessengerWebhookDependencies): Router {
  const router = Router();
  const ignoredName = boundedLabel();
  const { store, gateway, metrics, log } = deps;

  router.get('/webhooks/messenger', (request, response) => {
    const challenge = answerVerification(request.query, deps.verifyToken);
    if (challenge === undefined) throw notMessenger('The verify token is not ours.');
    response.type('text/plain').send(challenge);
  });

  router.post('/webhooks/messenger', raw({ type: () => true, limit: LARGEST_BODY }), async (request, response) => {
    const incoming = readSigned(request);
    await dispatch(incoming);
    accepted(response);
  });
  return router;

  /** The checks in their order: the signature over the raw bytes, then the shape. */
  function readSigned(request: Request): Incoming[] {
    const body: unknown = request.body;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    if (!isSignedBy(bytes, request.headers, deps.appSecrets)) throw notMessenger('The signature is missing or wrong.');
    try {
      return readWebhook(parseBody(bytes), { pageId: deps.pageId, appId: deps.appId });
    } catch (error) {
      throw new Problem(400, {
        code: 'wrong_input',
        title: 'Not a webhook of Messenger',
        detail: error instanceof SyntaxError ? 'The body is not JSON.' : 'The body has no object and entry.',
      });
    }
  }

  /** Different people side by side; one person's events in their order. One that fails does not hold back the others. */
  async function dispatch(incoming: Incoming[]): Promise<void> {
    const byPerson = new Map<string, (() => Promise<void>)[]>();
    for (const item of incoming) {
      if (item.kind === 'ignored') {
        metrics.webhookIgnored.inc({ provider: 'messenger', kind: ignoredName(item.name) });
        continue;
      }
      const { source } = item.kind === 'receipt' ? item.receipt : item.event;
      const key = personKey(deps.identityKey, source.page, source.address);
      byPerson.set(key, [...(byPerson.get(key) ?? []), () => handOver(item, key)]);
    }
    const people = await Promise.allSettled([...byPerson.values()].map(inOrder));
    const failed = people.find((person) => person.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async function handOver(item: Exclude<Incoming, { kind: 'ignored' }>, key: string): Promise<void> {
    if (item.kind === 'receipt') {
      metrics.webhookEvents.inc({ provider: 'messenger', kind: item.receipt.kind });
      return keepReceipt(item.receipt, key);
    }
    metrics.webhookEvents.inc({
      provider: 'messenger',
      kind: item.kind === 'standby' ? 'standby' : item.event.act.kind,
    });
    // Redacted before it leaves this process, so that no history, row or log ever holds a card number.
    const event: PersonEvent = { ...item.event, act: redactAct(item.event.act) };
    await tell(key, event.source.page, { kind: item.kind === 'standby' ? 'standby' : 'person', event });
  }

  async function keepReceipt(receipt: Receipt, key: string): Promise<void> {
    const at = new Date(receipt.at);
    if (receipt.kind !== 'echo') {
      const { kind, watermark } = receipt;
      const ids = receipt.messageIds.length > 0 ? receipt.messageIds : [undefined];
      return store.receipts.add(ids.map((id) => ({ kind, personKey: key, channelMessageId: id, watermark, at })));
    }
    const { metadata, messageId, appId, text } = receipt;
    if (appId !== undefined && appId !== deps.appId) {
      return tell(key, receipt.source.page, {
        kind: 'elsewhere',
        key: `echo:${messageId}`,
        at: receipt.at,
        text: redactIf(text),
      });
    }
    await store.receipts.add([{ kind: 'echo', personKey: key, channelMessageId: messageId, metadata, at }]);
    if (!metadata || !UUID.test(metadata)) return;
    const ours = await store.messages.find(metadata);
    if (ours?.state === 'unconfirmed') await tell(key, receipt.source.page, { kind: 'echo', metadata, messageId });
  }

  async function tell(key: string, page: string, event: ConversationEvent): Promise<void> {
    await gateway.tell({ page, personKey: key, rollout: LAUNCH_DECISION }, event);
    log({ provider: 'messenger', kind: 'event' in event ? event.event.act.kind : event.kind });
  }
}

/** Our own message ids; anything else in `metadata` was put there by another application. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function redactIf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redact(text);
}

async function inOrder(steps: (() => Promise<void>)[]): Promise<void> {
  for (const step of steps) await step();
}

function accepted(response: Response): void {
  response.status(200).type('text/plain').send('EVENT_RECEIVED');
}

function notMessenger(detail: string): Problem {
  return new Problem(403, { code: 'forbidden', title: 'Not from Messenger', detail });
}
