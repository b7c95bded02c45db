import { createSign, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import type { Identity } from './certificates';

/** One delivery: the bytes and the headers PayPal would send with them. */
export interface Delivery {
  body: Buffer;
  headers: Record<string, string>;
}

/** Signs a body as PayPal does. */
export function sign(
  body: Buffer,
  signer: Identity,
  { certUrl, webhookId, time = new Date().toISOString() }: { certUrl: string; webhookId: string; time?: string },
): Delivery {
  const id = randomUUID();
  const signature = createSign('RSA-SHA256')
    .update(`${id}|${time}|${webhookId}|${crc32(body)}`)
    .sign(signer.privateKey, 'base64');
  return {
    body,
    headers: {
      'paypal-transmission-id': id,
      'paypal-transmission-time': time,
      'paypal-transmission-sig': signature,
      'paypal-cert-url': certUrl,
      'paypal-auth-algo': 'SHA256withRSA',
      'paypal-auth-version': 'v2',
    },
  };
}

/** Serves certificates by name, and counts who asked. */
export async function startCertificateServer(
  answer: (name: string) => { status?: number; headers?: Record<string, string>; body?: string } | 'silence',
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const reply = answer(request.url?.split('/').at(-1) ?? '');
    if (reply === 'silence') return;
    response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    asked,
    urlOf: (name: string) => `http://${host}/v1/notifications/certs/${name}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
