import { startMessengerSimulator } from '../../../../src/simulators/messenger/start';
import type { MessengerSimulatorOptions } from '../../../../src/simulators/messenger/start';
import { startApplication } from './application';
import type { Application, ReceivedEvent } from './application';
import type { AnswerBody, EventKind, ThreadMessage, WebhookEvent } from './shapes';

export const PAGE_ID = '106378625516323';
export const APP_ID = '1517776481860111';
export const APP_SECRET = '60efff025951cddde78c8d03de52cc90';
export const PAGE_TOKEN = 'EAAtoken';

/** An answer of the simulator. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
  /** The body as it came. */
  readonly text: string;
}

/** A simulator and an application, connected. */
export interface World {
  readonly url: string;
  readonly application: Application;
  /** A call of the controls: `/_sim/…`. */
  sim(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A call of the Graph API with the page's token and a JSON body. */
  graph(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Sends to a person. */
  send(psid: string, message: object, more?: object): Promise<Answer>;
  /** Adds a person who has written "hello", so that the page may answer. */
  talkingPerson(name?: string, more?: object): Promise<string>;
  thread(psid: string): Promise<ThreadMessage[]>;
  /** The events of a kind about a person, once there are as many. */
  heard(kind: EventKind, psid: string, count?: number): Promise<WebhookEvent[]>;
  close(): Promise<void>;
}

/** Starts a simulator in memory, or with other options, and an application that hears its webhooks. */
export async function startWorld(options: Partial<MessengerSimulatorOptions> = {}): Promise<World> {
  const application = await startApplication();
  const simulator = await startMessengerSimulator({
    host: '127.0.0.1',
    port: 0,
    databaseUrl: undefined,
    pageId: PAGE_ID,
    appId: APP_ID,
    appSecret: APP_SECRET,
    pageToken: PAGE_TOKEN,
    webhookUrl: application.webhookUrl,
    people: [],
    ...options,
  });
  const { url } = simulator;
  const sim = (method: string, path: string, body?: unknown): Promise<Answer> =>
    call(method, `${url}/_sim/${path}`, body);
  const graph = (method: string, path: string, body?: unknown): Promise<Answer> =>
    call(method, `${url}${path}`, body, { authorization: `Bearer ${PAGE_TOKEN}` });
  const world: World = {
    url,
    application,
    sim,
    graph,
    send: (psid, message, more = {}) =>
      graph('POST', '/v25.0/me/messages', { recipient: { id: psid }, messaging_type: 'RESPONSE', message, ...more }),
    talkingPerson: async (name = 'Ada Byron', more = {}) => {
      const { psid } = (await sim('POST', 'people', { name, platform: 'ios', country: 'US', ...more })).body;
      await sim('POST', `people/${psid}/messages`, { text: 'hello' });
      return psid;
    },
    thread: async (psid) => (await sim('GET', `people/${psid}/thread`)).body.messages,
    heard: async (kind, psid, count = 1) => {
      const matching = (): WebhookEvent[] =>
        application
          .events()
          .filter(isAbout(kind, psid))
          .map(({ event }) => event);
      await eventually(`${count} ${kind} about ${psid}`, () => matching().length >= count);
      return matching();
    },
    close: async () => {
      await simulator.close();
      await application.close();
    },
  };
  return world;
}

/** Waits until something is so; fails with what was waited for. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>, withinMs = 8000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** One HTTP call; the body is sent as JSON unless it is form data. */
export async function call(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const isForm = body instanceof URLSearchParams;
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: (isJson ? JSON.parse(text) : text) as AnswerBody,
  };
}

function isAbout(kind: EventKind, psid: string): (received: ReceivedEvent) => boolean {
  return ({ event }) => {
    const isEcho = event.message?.is_echo === true;
    const matches = kind === 'echo' ? isEcho : event[kind] !== undefined && !isEcho;
    return matches && [event.sender.id, event.recipient.id].includes(psid);
  };
}
