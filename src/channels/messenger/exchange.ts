import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import http from 'node:http';
import https from 'node:https';

/** Answers of the Graph API are a few hundred bytes, lists a few thousand; more than this is not an answer. */
const LARGEST_ANSWER = 1024 * 1024;
/**
 * A connection that has been idle for longer is not used again: the other side may be closing it at that moment, and a
 * call that then breaks off could be anything from unread to done.
 */
const LONGEST_IDLE_MS = 4_000;
/** Enough for Messenger's 300 sends a second at 200 ms each. */
const MOST_CONNECTIONS = 64;

export interface Request {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** There is no answer. Its message and code hold no address, no header and no body. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
  constructor(
    /** The system's code of what happened (`ECONNREFUSED`) or ours (`TIMED_OUT`, `ANSWER_TOO_LARGE`). */
    readonly code: string,
    /** False when no connection stood, so that certainly nothing arrived. */
    readonly mayHaveArrived: boolean,
    readonly timedOut: boolean,
  ) {
    super(code);
  }
}

/** Makes one HTTP call: never a redirect followed, never a second attempt. @throws AnswerLost */
export type Exchange = (request: Request) => Promise<Answer>;

/** Calls over kept-alive connections of their own; each call has `timeoutMs` from start to the last byte. */
export function createExchange(timeoutMs: number): Exchange {
  const options = { keepAlive: true, timeout: LONGEST_IDLE_MS, maxSockets: MOST_CONNECTIONS };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  return ({ method, url, headers, body }) =>
    new Promise((resolve, reject) => {
      const secure = url.protocol === 'https:';
      const agent = agents[secure ? 'https:' : 'http:'];
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const request = (secure ? https : http).request(url, { method, agent, headers: { ...headers, ...length } });
      let connected = false;
      const lose = (code: string, timedOut = false) => {
        clearTimeout(deadline);
        reject(new AnswerLost(code, connected, timedOut));
        request.destroy();
      };
      const deadline = setTimeout(() => lose('TIMED_OUT', true), timeoutMs);
      request.on('socket', (socket) => {
        if (request.reusedSocket) connected = true;
        else socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
      });
      request.on('error', (error: NodeJS.ErrnoException) => lose(error.code ?? 'CONNECTION_LOST'));
      request.on('response', (response) => {
        readBody(response).then(
          (text) => {
            clearTimeout(deadline);
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          },
          (error: NodeJS.ErrnoException) => lose(error.code ?? 'CONNECTION_LOST'),
        );
      });
      request.end(body);
    });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) throw Object.assign(new Error('answer too large'), { code: 'ANSWER_TOO_LARGE' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
