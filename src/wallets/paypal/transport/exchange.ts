import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';

/** One HTTP request, complete: the body is sent in one piece. */
export interface Request {
  method: 'GET' | 'POST' | 'DELETE';
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

/** Bounds of one exchange. Nothing is sent or read without them. */
export interface Limits {
  /** From the first attempt to connect to the last byte of the answer, in milliseconds. */
  timeoutMs: number;
  /** The longest body that is read, in bytes; a longer one breaks the exchange off. */
  maxBytes: number;
}

/** What the server answered, whatever its status. Redirects are answers too: none is ever followed. */
export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** The exchange broke before a whole answer was there. */
export class TransportFault extends Error {
  override readonly name = 'TransportFault';
  constructor(
    /**
     * False only where no byte of the request can have left: name not found, connection refused, TLS not agreed, or the
     * time over before a connection stood. True means the server may have read all of it.
     */
    readonly sent: boolean,
    readonly reason: 'timed-out' | 'unavailable' | 'too-large',
    /** Node's error code (`ECONNREFUSED`), or our own word. */
    readonly code: string,
  ) {
    super(`${reason} ${sent ? 'after' : 'before'} the request left (${code})`);
  }
}

/**
 * A server may close an idle connection at any moment, and a request that meets that moment is lost in doubt. Closing
 * ours first keeps this rare; servers commonly wait 5 s and more.
 */
const IDLE_CONNECTION_MS = 4_000;

const agents = {
  'http:': new http.Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS }),
  'https:': new https.Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS }),
};

/**
 * Sends one request and reads the whole answer, without following redirects.
 * @throws TransportFault and nothing else; it says whether the request can have reached the server.
 */
export function exchange(request: Request, { timeoutMs, maxBytes }: Limits): Promise<Answer> {
  const secure = request.url.protocol === 'https:';
  const open = secure ? https.request : http.request;
  return new Promise((resolve, reject) => {
    let sent = false;
    const outgoing = open(request.url, {
      method: request.method,
      headers: { ...request.headers, ...lengthOf(request.body) },
      agent: agents[secure ? 'https:' : 'http:'],
    });
    const breakOff = (reason: TransportFault['reason'], code: string) => {
      clearTimeout(deadline);
      reject(new TransportFault(sent, reason, code));
      outgoing.destroy();
    };
    const deadline = setTimeout(() => breakOff('timed-out', 'DEADLINE'), timeoutMs);

    outgoing.on('socket', (socket) => onConnected(socket, secure, () => (sent = true)));
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      breakOff(error.code === 'ETIMEDOUT' ? 'timed-out' : 'unavailable', error.code ?? 'CONNECTION'),
    );
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) breakOff('too-large', 'BODY_TOO_LARGE');
        else chunks.push(chunk);
      });
      incoming.on('error', (error: NodeJS.ErrnoException) => breakOff('unavailable', error.code ?? 'BODY_CUT_OFF'));
      incoming.on('end', () => {
        clearTimeout(deadline);
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) });
      });
    });
    outgoing.end(request.body);
  });
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

/** Node writes the request as soon as the connection (for TLS: the agreed one) stands, and not before. */
function onConnected(socket: Socket, secure: boolean, connected: () => void): void {
  if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected);
  else connected();
}
