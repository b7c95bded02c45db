import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { WebhookEvent } from './shapes';

/** One webhook as it arrived. */
export interface ReceivedWebhook {
  readonly bytes: Buffer;
  readonly headers: http.IncomingHttpHeaders;
  readonly at: number;
}

/** One event out of a webhook, with how the application heard of it. */
export interface ReceivedEvent {
  readonly channel: 'messaging' | 'standby';
  readonly event: WebhookEvent;
}

/** How the application answers: a status, or a function that decides per webhook. */
export type Answering = (webhook: ReceivedWebhook) => number | Promise<number>;

/** An application at the other end of the webhooks that writes down what it is told. */
export interface Application {
  readonly webhookUrl: string;
  readonly webhooks: ReceivedWebhook[];
  /** What is answered from now on; 200 at first. */
  answering: Answering;
  events(): ReceivedEvent[];
  close(): Promise<void>;
}

/** Starts an application that answers 200, and Meta's challenge if the token is `meatyhamhock`. */
export async function startApplication(): Promise<Application> {
  const webhooks: ReceivedWebhook[] = [];
  const server = http.createServer((req, res) => {
    if (req.method === 'GET') return answerChallenge(req, res);
    void buffer(req).then(async (bytes) => {
      const webhook = { bytes, headers: req.headers, at: Date.now() };
      webhooks.push(webhook);
      res.statusCode = await application.answering(webhook);
      res.end('EVENT_RECEIVED');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const application: Application = {
    webhookUrl: `http://127.0.0.1:${port}/webhooks/messenger`,
    webhooks,
    answering: () => 200,
    events: () => webhooks.flatMap(eventsOf),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return application;
}

/** The events of one webhook, in the order they stand in its body. */
export function eventsOf({ bytes }: ReceivedWebhook): ReceivedEvent[] {
  const { entry } = JSON.parse(bytes.toString('utf8')) as {
    entry: { messaging?: WebhookEvent[]; standby?: WebhookEvent[] }[];
  };
  return entry.flatMap(({ messaging = [], standby = [] }) => [
    ...messaging.map((event) => ({ channel: 'messaging', event }) as const),
    ...standby.map((event) => ({ channel: 'standby', event }) as const),
  ]);
}

function answerChallenge(req: http.IncomingMessage, res: http.ServerResponse): void {
  const query = new URL(req.url ?? '/', 'http://localhost').searchParams;
  const known = query.get('hub.mode') === 'subscribe' && query.get('hub.verify_token') === 'meatyhamhock';
  res.statusCode = known ? 200 : 403;
  res.end(known ? query.get('hub.challenge') : '');
}
