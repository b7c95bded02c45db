import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMessenger } from '../../../src/channels/messenger';
import { isSignedBy, parseBody, readWebhook } from '../../../src/channels/messenger/webhook';
import type { Channel } from '../../../src/domain/chat/channel';
import type { Incoming, PersonAct } from '../../../src/domain/chat/events';
import { startMessengerSimulator } from '../../../src/simulators/messenger/start';

const PAGE = { pageId: '106378625516323', appId: '1517776481860111', appSecret: 'app secret', pageToken: 'PAGE-TOKEN' };
const DEADLINE_MS = 15_000;

export interface SimulatedPlatform {
  messenger: Channel;
  /** Everything the webhooks brought, in order. */
  incoming: Incoming[];
  /** Webhooks whose signature was wrong; there must be none. */
  unsigned: number;
  /** A control of the simulator; gives the answer's body. */
  control<T>(method: string, path: string, body?: object): Promise<T>;
  /** A call to the simulated Graph API that our client would never make. */
  graph(body: object): Promise<{ status: number; body: { error?: { code: number } } }>;
  /** A person who has just written to the page. */
  person(name: string): Promise<string>;
  close(): Promise<void>;
}

/** The simulated platform, our client on it and a webhook that reads what it sends. */
export async function startPlatform(): Promise<SimulatedPlatform> {
  const incoming: Incoming[] = [];
  const state = { unsigned: 0 };
  const webhook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      if (isSignedBy(raw, request.headers, [PAGE.appSecret])) incoming.push(...readWebhook(parseBody(raw), PAGE));
      else state.unsigned += 1;
      response.end();
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as AddressInfo;
  const simulator = await startMessengerSimulator({
    ...PAGE,
    host: '127.0.0.1',
    port: 0,
    databaseUrl: undefined,
    webhookUrl: `http://127.0.0.1:${port}/webhooks/messenger`,
    people: [],
  });
  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    fetch(simulator.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await call(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  };
  return {
    messenger: createMessenger({ apiUrl: simulator.url, ...PAGE, timeoutMs: 2_000 }),
    incoming,
    get unsigned() {
      return state.unsigned;
    },
    control,
    graph: async (body) => {
      const authorization = `Bearer ${PAGE.pageToken}`;
      const answer = await call('POST', '/v25.0/me/messages', body, { authorization });
      return { status: answer.status, body: (await answer.json()) as { error?: { code: number } } };
    },
    person: async (name) => {
      const { psid } = await control<{ psid: string }>('POST', '/_sim/people', { name, platform: 'ios' });
      await control('POST', `/_sim/people/${psid}/messages`, { text: `Hello from ${name}` });
      return psid;
    },
    close: async () => {
      await simulator.close();
      webhook.closeAllConnections();
      await new Promise((resolve) => webhook.close(resolve));
    },
  };
}

/** Waits until it is so, asking again and again, at most for the deadline. */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The acts of one person that the webhooks brought, in order. */
export function actsOf(incoming: Incoming[], address: string): PersonAct[] {
  return incoming.flatMap((item) =>
    item.kind === 'event' && item.event.source.address === address ? [item.event.act] : [],
  );
}

/** The echo that carries our id, if it has come. */
export function echoOf(incoming: Incoming[], metadata: string) {
  return incoming
    .flatMap((item) => (item.kind === 'receipt' && item.receipt.kind === 'echo' ? [item.receipt] : []))
    .find((echo) => echo.metadata === metadata);
}
