import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';

/** "A webhook call will timeout after 20 seconds"; the application should answer within five. */
export const WEBHOOK_TIMEOUT_MS = 20_000;

/** The answer to a webhook. */
export interface WebhookAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Posts exactly these bytes. Header values of null are left out. Takes an answer that comes before the body is through,
 * as when a body is refused for its size.
 * @throws Error when nothing answers in time
 */
export function postBytes(
  url: string,
  body: Buffer,
  headers: Readonly<Record<string, string | null>>,
  signal?: AbortSignal,
): Promise<WebhookAnswer> {
  const transport = url.startsWith('https:') ? https : http;
  const given = Object.entries(headers).filter((header): header is [string, string] => header[1] !== null);
  const timeout = AbortSignal.timeout(WEBHOOK_TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    const request = transport.request(url, {
      method: 'POST',
      headers: { ...Object.fromEntries(given), 'content-length': String(body.length) },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    request.on('response', (response) => {
      text(response).then(
        (answered) => resolve({ status: response.statusCode ?? 0, body: answered }),
        () => resolve({ status: response.statusCode ?? 0, body: '' }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
