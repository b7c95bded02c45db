import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';

/** One event of a stream. */
export interface StreamEvent {
  id: string;
  name: string;
  data: Record<string, unknown>;
}

/** Reads a stream of server-sent events as a browser would, and tells what came. */
export class EventReader {
  readonly events: StreamEvent[] = [];
  comments = 0;
  ended = false;
  headers: IncomingMessage['headers'] = {};
  private rest = '';

  private constructor(private readonly sent: ClientRequest) {}

  /** Opens the stream; resolves once its head has come. */
  static open(url: string, headers: Record<string, string>): Promise<EventReader> {
    return new Promise((done, fail) => {
      const sent = request(url, { headers }, (response) => {
        const reader = new EventReader(sent);
        reader.headers = response.headers;
        if (response.statusCode !== 200) fail(new Error(`the stream gave ${response.statusCode}`));
        response.setEncoding('utf8').on('data', (text: string) => reader.read(text));
        response.on('close', () => {
          reader.ended = true;
        });
        response.on('error', () => {
          reader.ended = true;
        });
        done(reader);
      });
      sent.on('error', fail);
      sent.end();
    });
  }

  close(): void {
    this.sent.destroy();
  }

  /** Ids of the changes that came, in their order. */
  get ids(): number[] {
    return this.events.filter(({ name }) => name === 'change').map(({ id }) => Number(id));
  }

  private read(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) this.readBlock(block);
  }

  private readBlock(block: string): void {
    const fields = new Map(block.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
    if (fields.has('')) this.comments += 1;
    const name = fields.get('event');
    if (!name) return;
    const data = JSON.parse(fields.get('data') ?? '{}') as StreamEvent['data'];
    this.events.push({ id: fields.get('id') ?? '', name, data });
  }
}
