import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPayPal } from '../../../src/wallets/paypal';
import { ProviderFailure } from '../../../src/domain/outcomes';

/** One request as the server received it. */
export interface Recorded {
  method: string;
  path: string;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** What to answer; or how not to. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; json?: unknown; raw?: string }
  /** Reads the request and says nothing. */
  | 'silence'
  /** Reads the request and closes the connection. */
  | 'hang-up'
  /** Promises a longer body than it sends, then closes the connection. */
  | 'cut-off';

export interface RecordingServer {
  url: string;
  /** Everything received but token requests. */
  calls: Recorded[];
  tokens: Recorded[];
  close(): Promise<void>;
}

const running = new Set<RecordingServer>();

/** Ends every server the test started. */
export async function closeServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.close()));
  running.clear();
}

const TOKEN: Reply = { json: { access_token: 'A21AA-first', token_type: 'Bearer', expires_in: 32_400 } };

/** A server that writes down what it gets and answers as told; tokens it grants by itself unless told otherwise. */
export async function startRecordingServer(
  reply: (request: Recorded, count: number) => Reply,
  grant: (request: Recorded, count: number) => Reply = () => TOKEN,
): Promise<RecordingServer> {
  const calls: Recorded[] = [];
  const tokens: Recorded[] = [];
  const server = createServer((incoming, outgoing) => {
    void readAll(incoming).then((request) => {
      const isToken = request.path === '/v1/oauth2/token';
      const list = isToken ? tokens : calls;
      list.push(request);
      answer(outgoing, (isToken ? grant : reply)(request, list.length));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const started: RecordingServer = {
    url: `http://127.0.0.1:${port}`,
    calls,
    tokens,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
  running.add(started);
  return started;
}

/** The client as the program makes it, at a test's server. */
export function clientAt(url: string, timeoutMs = 2_000) {
  return createPayPal({ apiUrl: url, webUrl: url, clientId: 'client', clientSecret: 'secret', timeoutMs });
}

/** The failure a call ends with; a call that succeeds fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderFailure> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof ProviderFailure) return outcome.error;
  throw new Error(`expected a ProviderFailure, got ${JSON.stringify(outcome)}`);
}

async function readAll(incoming: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function answer(outgoing: ServerResponse, reply: Reply): void {
  if (reply === 'silence') return;
  if (reply === 'hang-up') {
    outgoing.destroy();
    return;
  }
  if (reply === 'cut-off') {
    outgoing.writeHead(200, { 'content-length': '1000', 'content-type': 'application/json' });
    outgoing.write('{"id":"');
    setImmediate(() => outgoing.destroy());
    return;
  }
  outgoing.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
  outgoing.end(reply.raw ?? (reply.json === undefined ? '' : JSON.stringify(reply.json)));
}
