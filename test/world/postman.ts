import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * How PayPal's events arrive: `late` ones are kept until they are asked for, of `none` nothing is ever heard.
 */
export type Weather = 'fair' | 'duplicate' | 'shuffle' | 'lost-acknowledgement' | 'late' | 'none';

/** A letter that others overtake is kept for so long, in milliseconds of real time. */
const OVERTAKEN_MS = 900;

/** What the postman asks about a letter. */
export interface Weathers {
  /** The weather for whoever it concerns. */
  of(body: unknown): Promise<Weather>;
  /** It was treated so. */
  reached?(weather: Weather): void;
}

/**
 * Brings PayPal's events to the application as the weather of what they concern wants it: the simulator's own faults
 * cannot tell one payment's events from another's. What is in a letter is never changed, so its signature holds.
 */
export class Postman {
  private readonly lost = new Set<string>();
  private readonly kept: { headers: IncomingHttpHeaders; body: Buffer }[] = [];

  private constructor(
    private readonly server: Server,
    private readonly application: string,
    private readonly weathers: () => Weathers,
  ) {}

  /** Begins to work for an application's address; `weathers` is asked for once the first letter comes. */
  static async begin(application: string, weathers: () => Weathers): Promise<Postman> {
    const server = createServer();
    const postman = new Postman(server, application, weathers);
    server.on('request', (request, response) => {
      postman.carry(request).then(
        (status) => response.writeHead(status).end(),
        () => response.writeHead(502).end(),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return postman;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhooks/paypal`;
  }

  /** Brings all that was kept, in the order in which it came. */
  async bringKept(): Promise<void> {
    for (const { headers, body } of this.kept.splice(0)) {
      const status = await this.bring(headers, body);
      if (status !== 200) throw new Error(`the application answered a late event with ${status}`);
    }
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Treats one letter; gives the status that PayPal is answered. */
  private async carry(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const weathers = this.weathers();
    const weather = await weathers.of(JSON.parse(body.toString('utf8')));
    if (weather !== 'fair') weathers.reached?.(weather);
    switch (weather) {
      case 'fair':
        return this.bring(request.headers, body);
      case 'duplicate':
        await this.bring(request.headers, body);
        return this.bring(request.headers, body);
      case 'shuffle':
        await wait(Math.random() * OVERTAKEN_MS);
        return this.bring(request.headers, body);
      case 'lost-acknowledgement':
        return this.bringUnthanked(request.headers, body);
      case 'late':
        this.kept.push({ headers: request.headers, body });
        return 200;
      case 'none':
        return 200;
    }
  }

  /** The first time the answer is lost, so that PayPal sends the same again. */
  private async bringUnthanked(headers: IncomingHttpHeaders, body: Buffer): Promise<number> {
    const id = String(headers['paypal-transmission-id']);
    const status = await this.bring(headers, body);
    if (this.lost.has(id)) return status;
    this.lost.add(id);
    return 504;
  }

  private async bring(headers: IncomingHttpHeaders, body: Buffer): Promise<number> {
    const kept = Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && (name.startsWith('paypal-') || name === 'content-type') ? [[name, value]] : [],
    );
    const answer = await fetch(this.application, {
      method: 'POST',
      headers: Object.fromEntries(kept) as Record<string, string>,
      body: new Uint8Array(body),
    });
    await answer.arrayBuffer();
    return answer.status;
  }
}
