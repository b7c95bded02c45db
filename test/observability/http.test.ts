import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import {
  activeTrace,
  boundedLabel,
  createMetrics,
  measureRequests,
  startTracing,
  traceHeaders,
  traceRequests,
} from '../../src/observability';

const STRANGER = '11111111111111111111111111111111';
const metrics = createMetrics();
let server: Server;
let address: string;

beforeAll(async () => {
  startTracing();
  const app = express();
  app.use(traceRequests(), measureRequests(metrics), express.json());
  const conversations = express.Router();
  conversations.post('/:id', async (_request, response) => {
    await new Promise(setImmediate);
    response.json({ ...activeTrace(), headers: traceHeaders() });
  });
  app.use('/conversations', conversations);
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function post(path: string): Promise<{ traceId: string; spanId: string; headers: Record<string, string> }> {
  const headers = { traceparent: `00-${STRANGER}-2222222222222222-01`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${address}${path}`, { method: 'POST', headers, body: '{"a":1}' });
  return (await answer.json()) as { traceId: string; spanId: string; headers: Record<string, string> };
}

describe('a request', () => {
  test('begins a trace of its own, which lasts through its body and its promises and leaves for other servers', async () => {
    const { traceId, spanId, headers } = await post('/conversations/1');
    expect(headers).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
    expect((await post('/conversations/1')).traceId).not.toBe(traceId);
  });

  test('does not take over the trace that a stranger sends', async () => {
    expect((await post('/conversations/1')).traceId).not.toBe(STRANGER);
  });

  test('is measured under the pattern of its route, never under its path', async () => {
    await post('/conversations/secret-id');
    await fetch(`${address}/nowhere/secret-id`);
    const exposed = await metrics.registry.metrics();
    expect(exposed).toContain(
      'http_request_duration_seconds_count{method="POST",route="/conversations/:id",status="200"}',
    );
    expect(exposed).toContain('http_request_duration_seconds_count{method="GET",route="none",status="404"}');
    expect(exposed).not.toContain('secret-id');
  });
});

describe('outside of any request', () => {
  test('there is no trace, and calls carry none', () => {
    expect(activeTrace()).toBeUndefined();
    expect(traceHeaders()).toEqual({});
  });
});

describe('a label made of words from outside', () => {
  test('keeps plain words and puts everything else together', () => {
    const label = boundedLabel();
    expect(label('message_reads')).toBe('message_reads');
    expect(label('{"a":1}')).toBe('other');
    expect(label('x'.repeat(61))).toBe('other');
  });

  test('never has more than a bounded number of values, whatever a stranger sends', () => {
    const label = boundedLabel();
    const values = new Set(Array.from({ length: 10_000 }, (_, index) => label(`kind${index}`)));
    expect(values.size).toBe(51);
    expect(label('kind1')).toBe('kind1');
  });
});
