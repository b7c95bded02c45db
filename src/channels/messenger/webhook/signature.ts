import { createHmac, timingSafeEqual } from 'node:crypto';

type Headers = Record<string, string | string[] | undefined>;

/** Header and shape of each signature; Meta writes the digest in lower-case hex (Graph API webhooks reference). */
const SHA256 = { header: 'x-hub-signature-256', algorithm: 'sha256', shape: /^sha256=([0-9a-f]{64})$/ };
const SHA1 = { header: 'x-hub-signature', algorithm: 'sha1', shape: /^sha1=([0-9a-f]{40})$/ };

/**
 * True when the body was signed with one of the secrets: two of them while a secret is being rotated. The bytes must be
 * those on the wire, because Meta signs the escaped text that it sends. SHA-1 counts only where it is sent alone; a
 * missing, repeated or malformed header is false, never an error.
 */
export function isSignedBy(rawBody: Buffer, headers: Headers, appSecrets: string[]): boolean {
  const method = headerOf(headers, SHA256.header) === undefined ? SHA1 : SHA256;
  const header = headerOf(headers, method.header);
  const digest = typeof header === 'string' ? method.shape.exec(header)?.[1] : undefined;
  if (digest === undefined) return false;
  const given = Buffer.from(digest, 'hex');
  // Every secret is tried, so that the time taken does not tell which of them fitted.
  return appSecrets
    .filter((secret) => secret !== '')
    .map((secret) => timingSafeEqual(createHmac(method.algorithm, secret).update(rawBody).digest(), given))
    .includes(true);
}

function headerOf(headers: Headers, name: string): string | string[] | undefined {
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : headers[key];
}
