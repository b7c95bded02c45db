import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { fromPayloadsJson, toPayloadsJson } from './payloads-json';
import { UnknownKey, Unreadable } from '../../keys';
import type { KeyRing } from '../../keys';
import type { Log } from '../../observability';
import { EncryptionCodec } from './payload-codec';

/** A page of a history's payloads; a single one cannot exceed 2 MB in Temporal, and the Web UI asks for a few at a time. */
const BODY_LIMIT = '8mb';

/** Temporal's own limit for the name of a namespace. */
const NAMESPACE = /^[\w.-]{1,255}$/;

/** How the codec server runs. */
export interface CodecServerOptions {
  readonly port: number;
  /** Loopback by default: whoever reaches it reads what people wrote. */
  readonly host?: string;
  readonly keys: KeyRing;
  /** Origins of the Web UI, exactly as a browser sends them. */
  readonly origins: readonly string[];
  readonly log: Log;
}

/** A running codec server. */
export interface CodecServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Lets Temporal's Web UI and CLI read encrypted payloads: `POST /decode` and `/encode`, as Temporal defines them, with
 * the namespace in `X-Namespace`. A browser may ask only from the Web UI's own origin. Every call is logged with its
 * count and namespace, never with its content.
 */
export async function startCodecServer(options: CodecServerOptions): Promise<CodecServer> {
  const { port, host = '127.0.0.1', keys, origins, log } = options;
  const app = express().disable('x-powered-by').disable('etag');
  app.use(onlyFrom(origins, log));
  app.use(express.json({ limit: BODY_LIMIT }));
  app.post('/decode', convert('decode', keys, log));
  app.post('/encode', convert('encode', keys, log));
  app.use((_request, response) => problem(response, 404, 'not_found', 'Only POST /encode and /decode exist.'));
  app.use(answerError(log));

  const server = createServer(app).listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A request without an origin comes from no page: the CLI. One with another origin is somebody else's page. */
function onlyFrom(origins: readonly string[], log: Log): RequestHandler {
  return (request, response, next) => {
    response.set('Cache-Control', 'no-store').vary('Origin');
    const { origin } = request.headers;
    if (origin === undefined) return next();
    if (!origins.includes(origin)) {
      log.warn('codec server refused a foreign origin', { address: origin });
      return problem(response, 403, 'foreign_origin', 'This origin may not read payloads.');
    }
    response.set('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS') return next();
    response.set({
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'X-Namespace, Content-Type, Authorization',
      'Access-Control-Max-Age': '600',
    });
    response.sendStatus(204);
  };
}

function convert(direction: keyof PayloadCodec, keys: KeyRing, log: Log): RequestHandler {
  return async (request, response) => {
    const namespace = request.get('X-Namespace') ?? '';
    if (!NAMESPACE.test(namespace)) {
      return problem(response, 400, 'namespace_missing', 'X-Namespace must name the namespace.');
    }
    const payloads: Payload[] | undefined = fromPayloadsJson(request.body);
    if (payloads === undefined) return problem(response, 400, 'wrong_shape', 'The body must be {"payloads": […]}.');
    const converted = await new EncryptionCodec(keys, namespace)[direction](payloads);
    log.info('codec server converted payloads', { operation: direction, namespace, count: payloads.length });
    response.json(toPayloadsJson(converted));
  };
}

/** What cannot be opened, and bodies that are too large or not JSON. */
function answerError(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    log.warn('codec server could not convert', { error });
    // Both name a key or a shape, never content.
    if (error instanceof UnknownKey || error instanceof Unreadable) {
      return problem(response, 400, 'unreadable', error.message);
    }
    const status = statusOf(error);
    if (status === undefined) return problem(response, 500, 'internal', 'The payloads could not be converted.');
    problem(response, status, 'wrong_body', 'The body cannot be read.');
  };
}

/** Express marks the errors of its body parser with a status. */
function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

function problem(response: express.Response, status: number, code: string, detail: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: code, status, code, detail }));
}
