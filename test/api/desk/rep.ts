import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Role } from '../../../src/api/contract/vocabulary';

/** An answer with its body read. */
export interface Answer {
  status: number;
  type: string;
  headers: NodeJS.Dict<string | string[]>;
  // The bodies of answers are what these tests look into.
  body: Record<string, never> & Record<string, unknown>;
}

/** Makes one request with exactly these headers, `Host` included. */
export function call(
  method: string,
  url: string,
  { body, headers = {} }: { body?: unknown; headers?: OutgoingHttpHeaders } = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const sent = request(
      url,
      { method, headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const read = Buffer.concat(chunks).toString();
          const type = response.headers['content-type'] ?? '';
          const parsed: unknown = type.includes('json') ? JSON.parse(read) : { text: read };
          done({ status: response.statusCode ?? 0, type, headers: response.headers, body: parsed as Answer['body'] });
        });
      },
    );
    sent.on('error', fail);
    sent.end(text);
  });
}

/** Somebody with a session at the desk. */
export class Rep {
  private constructor(
    private readonly origin: string,
    readonly name: string,
    readonly id: string,
    readonly headers: { cookie: string; origin: string },
  ) {}

  static async signIn(origin: string, name: string, role: Role = 'rep'): Promise<Rep> {
    const answer = await call('POST', `${origin}/api/desk/dev-login`, { body: { name, role }, headers: { origin } });
    if (answer.status !== 200) throw new Error(`sign-in gave ${answer.status} ${JSON.stringify(answer.body)}`);
    const cookies = answer.headers['set-cookie'] ?? [];
    const cookie = [cookies].flat().map((line) => line.split(';')[0]);
    const { rep } = answer.body as unknown as { rep: { id: string } };
    return new Rep(origin, name, rep.id, { cookie: cookie.join('; '), origin });
  }

  get(path: string): Promise<Answer> {
    return call('GET', `${this.origin}/api/desk${path}`, { headers: this.headers });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return call('PUT', `${this.origin}/api/desk${path}`, { body, headers: this.headers });
  }

  post(path: string, body: unknown): Promise<Answer> {
    return call('POST', `${this.origin}/api/desk${path}`, { body, headers: this.headers });
  }

  act(conversation: string, action: string, body: Record<string, unknown> = {}): Promise<Answer> {
    const path = `/conversations/${encodeURIComponent(conversation)}/${action}`;
    return this.post(path, { actionId: randomUUID(), ...body });
  }
}
