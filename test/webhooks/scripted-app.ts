import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { RequestListener } from 'node:http';
import { problemHandler } from '../../src/api/problem';
import { messengerWebhook } from '../../src/api/webhooks/messenger';
import { createMetrics } from '../../src/observability';
import type { ReceiptRow, Store } from '../../src/store';
import type { Gateway } from '../../src/temporal/gateway';

export const PAGE_ID = '100000000000777';
export const APP_ID = '200000000000777';
/** The Page Inbox, an application like any other. */
export const INBOX_ID = '263902037430900';
const SECRET = 'secret-of-the-scripted-app';

/** One thing that the webhook asked of the store or of Temporal. */
export type Asked =
  | { what: 'tell'; personKey: string; event: Parameters<Gateway['tell']>[1] }
  | { what: 'receipts'; rows: readonly ReceiptRow[] }
  | { what: 'find'; messageId: string };

/** What stands in for the store and Temporal; anything that is not here must not be asked. */
export interface Script {
  /** Resolves once Temporal has the event. */
  tell?: (personKey: string, event: Parameters<Gateway['tell']>[1]) => Promise<void>;
  /** In which state the message of an echo is. */
  stateOf?: (messageId: string) => string | undefined;
  /** Another door to Temporal than the scripted one. */
  gateway?: Gateway;
}

/** The route of Messenger's webhook over HTTP, with nothing behind it but what is written down. */
export interface ScriptedApp {
  url: string;
  /** The same without a network in between. */
  handle: RequestListener;
  asked: Asked[];
  /** What was written to the log. */
  logged: unknown[];
  post(body: string | Buffer | object, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export async function scriptedApp({ tell, stateOf, gateway }: Script = {}): Promise<ScriptedApp> {
  const asked: Asked[] = [];
  const logged: unknown[] = [];
  const scripted = {
    async tell({ personKey }: { personKey: string }, event: Parameters<Gateway['tell']>[1]) {
      asked.push({ what: 'tell', personKey, event });
      await tell?.(personKey, event);
    },
  };
  const store = {
    receipts: onlyThis({ add: async (rows: readonly ReceiptRow[]) => void asked.push({ what: 'receipts', rows }) }),
    messages: onlyThis({
      find: async (messageId: string) => {
        asked.push({ what: 'find', messageId });
        const state = stateOf?.(messageId);
        return state === undefined ? undefined : { state };
      },
    }),
  };
  const app = express();
  app.use(
    messengerWebhook({
      store: onlyThis(store) as unknown as Store,
      gateway: gateway ?? (onlyThis(scripted) as unknown as Gateway),
      metrics: createMetrics(),
      log: (fields) => void logged.push(fields),
      identityKey: randomBytes(32),
      pageId: PAGE_ID,
      appId: APP_ID,
      appSecrets: [SECRET],
      verifyToken: 'verify-me',
    }),
  );
  app.use(problemHandler(() => undefined));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/messenger`;
  return {
    url,
    handle: app,
    asked,
    logged,
    post: (body, headers) => fetch(url, { method: 'POST', ...signed(body, headers) }),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A body with the signature that Messenger would give it, unless the headers say otherwise. */
export function signed(
  body: string | Buffer | object,
  headers: Record<string, string> = {},
): { body: string; headers: Record<string, string> } {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const signature = `sha256=${createHmac('sha256', SECRET).update(bytes).digest('hex')}`;
  const all = { 'content-type': 'application/json', 'x-hub-signature-256': signature, ...headers };
  return { body: bytes as unknown as string, headers: all };
}

/** A webhook body with these items. */
export function bodyOf(messaging: object[], standby: object[] = []): object {
  return {
    object: 'page',
    entry: [
      { id: PAGE_ID, time: Date.now(), messaging },
      ...(standby.length > 0 ? [{ id: PAGE_ID, time: Date.now(), standby }] : []),
    ],
  };
}

/** Something that a person did. */
export function by(psid: string, content: object): object {
  return { sender: { id: psid }, recipient: { id: PAGE_ID }, timestamp: Date.now(), ...content };
}

/** Something that the page did, as its echo. */
export function echoTo(psid: string, message: object): object {
  const content = { is_echo: true, mid: `m_${randomUUID()}`, ...message };
  return { sender: { id: PAGE_ID }, recipient: { id: psid }, timestamp: Date.now(), message: content };
}

export function text(words: string): object {
  return { message: { mid: `m_${randomUUID()}`, text: words } };
}

/** An object of which nothing may be used but what it has. */
function onlyThis<T extends object>(parts: T): T {
  return new Proxy(parts, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name) as unknown;
      throw new Error(`the webhook asked for "${String(name)}", which it should not need`);
    },
  });
}
