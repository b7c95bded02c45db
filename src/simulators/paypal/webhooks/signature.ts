import { createPrivateKey, createSign, createVerify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const AUTH_ALGORITHM = 'SHA256withRSA';

/** What is signed: the CRC-32 of the raw body as an unsigned decimal number stands for the body. */
export function signedText(transmissionId: string, time: string, webhookId: string, body: string): string {
  return `${transmissionId}|${time}|${webhookId}|${crc32(Buffer.from(body, 'utf8'))}`;
}

/** By their PEM: to read one takes twice as long as to sign with it, and a simulator has one. */
const readKeys = new Map<string, KeyObject>();

/** RSA PKCS#1 v1.5 with SHA-256, base64. The key is PEM. */
export function sign(text: string, privateKey: string): string {
  const key = readKeys.get(privateKey) ?? createPrivateKey(privateKey);
  readKeys.set(privateKey, key);
  return createSign('RSA-SHA256').update(text).sign(key, 'base64');
}

/** Whether the signature was made over the text with the certificate's key. */
export function isSigned(text: string, signature: string, certificate: string): boolean {
  return createVerify('RSA-SHA256').update(text).verify(certificate, signature, 'base64');
}
