import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface RecordedCall {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** How the server treats a call that has fully arrived. */
export type Reaction = (call: RecordedCall, response: ServerResponse, socket: Socket) => void;

export interface RecordingServer {
  url: string;
  calls: RecordedCall[];
  /** What happens to the next calls, in order; afterwards every call succeeds. */
  next(...reactions: Reaction[]): void;
  close(): Promise<void>;
}

export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reaction =>
  (_call, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

export const refuse = (status: number, error: object, headers: Record<string, string> = {}): Reaction =>
  answer(status, { error }, headers);

/** The call arrives and the connection breaks. */
export const breakOff: Reaction = (_call, _response, socket) => socket.destroy();

/** The call arrives and nothing is ever said about it. */
export const keepSilent: Reaction = () => undefined;

/** A small HTTP server on a free port that keeps every call and answers as Messenger would, or as it is told. */
export async function startRecordingServer(): Promise<RecordingServer> {
  const calls: RecordedCall[] = [];
  const reactions: Reaction[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
      const call = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      calls.push(call);
      const react = reactions.shift() ?? answer(200, { recipient_id: '1', message_id: `m_${calls.length}`, data: [] });
      react(call, response, request.socket);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    next: (...more) => void reactions.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
