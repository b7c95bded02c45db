import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { createApp } from '../../src/api/app';
import { guardedPages } from '../../src/api/pages/guard';
import type { LogFields } from '../../src/observability';
import { createMetrics } from '../../src/observability';
import { Unavailable } from '../../src/temporal/gateway/gateway';

describe('pages for people in a browser', () => {
  const servers: Server[] = [];
  const logged: LogFields[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  /** The application with one page, which cannot reach Temporal, behind so many proxies; gives its address. */
  async function behind(proxyHops: number): Promise<string> {
    const link = guardedPages('/link', { formTargets: [] });
    link.get('/link/away', () => {
      throw new Unavailable();
    });
    const rest = { webhooks: [Router()], pay: Router(), desk: Router(), health: Router(), metrics: createMetrics() };
    const server = createServer(createApp({ ...rest, link, proxyHops, log: (fields) => logged.push(fields) }));
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const from = (address: string): RequestInit => ({ headers: { 'x-forwarded-for': address } });

  /** One person's minute is used up; gives the last answer. */
  async function askedTooOften(app: string, address: string): Promise<Response> {
    for (let asked = 0; asked < 60; asked += 1) await (await fetch(`${app}/link/nothing`, from(address))).text();
    return fetch(`${app}/link/nothing`, from(address));
  }

  test('say on a page what is wrong and what to do, also where it is our fault, which is written down', async () => {
    const app = await behind(0);
    const away = await fetch(`${app}/link/away`);
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5']);
    expect(away.headers.get('content-type')).toContain('text/html');
    expect(await away.text()).toMatch(/<h1>Not reachable at the moment<\/h1>[^]*Try again in a few seconds/);
    expect(logged).toMatchObject([{ code: 'unavailable', status: 503 }]);
    const api = await fetch(`${app}/api/nothing`);
    expect(api.headers.get('content-type')).toContain('application/problem+json');
  });

  test('refuse one address that asks too often, on a page, and believe no header about who asks', async () => {
    const app = await behind(0);
    const refused = await askedTooOften(app, '203.0.113.7');
    expect(refused.status).toBe(429);
    expect(await refused.text()).toMatch(/<h1>Too many requests<\/h1>[^]*Wait a minute and try again/);
    expect((await fetch(`${app}/link/nothing`, from('203.0.113.8'))).status).toBe(429);
  });

  test('tell people behind a proxy apart by what it forwards, and not by what they say themselves', async () => {
    const app = await behind(1);
    expect((await askedTooOften(app, '203.0.113.7')).status).toBe(429);
    expect((await fetch(`${app}/link/nothing`, from('203.0.113.8'))).status).toBe(404);
    expect((await fetch(`${app}/link/nothing`, from('198.51.100.1, 203.0.113.7'))).status).toBe(429);
  });
});
