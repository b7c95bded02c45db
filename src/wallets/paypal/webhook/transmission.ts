import { createVerify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { WebhookRefused } from './refused';

/** What the headers of a delivery say about it. */
export interface Transmission {
  id: string;
  /** As sent: it is part of what is signed. */
  time: string;
  /** The same in milliseconds since the epoch. */
  at: number;
  signature: Buffer;
  /** OpenSSL's name of the algorithm. */
  algorithm: string;
  certificateAddress: string;
}

/** HTTP headers as Node gives them: names in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The sender names the algorithm; only PayPal's own is believed. */
const ALGORITHMS: ReadonlyMap<string, string> = new Map([['SHA256withRSA', 'RSA-SHA256']]);

/**
 * PayPal delivers up to 25 times over three days, and does not say whether it signs each delivery anew; so the oldest
 * honest time is three days and the last delivery's own delay.
 */
const MAX_AGE_MS = 3 * 86_400_000 + 3_600_000;
/** How far PayPal's clock may be ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000;
/** Longest header that is read. A signature has 344 characters, an address about 90. */
const MAX_HEADER_LENGTH = 2_000;

/**
 * Reads the headers of a delivery and checks what can be checked without its certificate.
 * @throws WebhookRefused `header-missing`, `algorithm` or `transmission-time`
 */
export function readTransmission(headers: Headers, now: number): Transmission {
  const time = headerValue(headers, 'paypal-transmission-time');
  const at = Date.parse(time);
  const algorithm = ALGORITHMS.get(headerValue(headers, 'paypal-auth-algo'));
  if (algorithm === undefined) throw new WebhookRefused('algorithm', 'not an allowed algorithm');
  if (!(at >= now - MAX_AGE_MS && at <= now + MAX_AHEAD_MS)) {
    throw new WebhookRefused('transmission-time', 'sent outside the time that is believed');
  }
  return {
    id: headerValue(headers, 'paypal-transmission-id'),
    time,
    at,
    signature: Buffer.from(headerValue(headers, 'paypal-transmission-sig'), 'base64'),
    algorithm,
    certificateAddress: headerValue(headers, 'paypal-cert-url'),
  };
}

/**
 * True when the key signed exactly these bytes for this webhook: PayPal signs
 * `transmission id|time|webhook id|CRC-32 of the body as a decimal number` (PayPal, webhooks, "Verify manually").
 */
export function isSigned(transmission: Transmission, webhookId: string, body: Buffer, key: KeyObject): boolean {
  const { id, time, algorithm, signature } = transmission;
  return createVerify(algorithm)
    .update(`${id}|${time}|${webhookId}|${crc32(body)}`)
    .verify(key, signature);
}

function headerValue(headers: Headers, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string' || value === '' || value.length > MAX_HEADER_LENGTH) {
    throw new WebhookRefused('header-missing', name);
  }
  return value;
}
