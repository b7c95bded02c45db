import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { ReceivedWalletEvent } from '../../../domain/money/wallet-events';
import { certificateAddress, PAYPAL_CERTIFICATE_HOSTS } from './certificate-address';
import type { CertificateHost } from './certificate-address';
import { createCertificates } from './certificates';
import { PAYPAL_COMMON_NAMES } from './chain';
import { readEvent } from './events';
import { WebhookRefused } from './refused';
import { isSigned, readTransmission } from './transmission';
import type { Headers } from './transmission';

export { WebhookRefused };
export type { WebhookRefusalCode } from './refused';
export type { CertificateHost } from './certificate-address';

/** Whose deliveries are believed. */
export interface WebhookVerifierOptions {
  /** The id PayPal gave our webhook; it is part of what PayPal signs. */
  webhookId: string;
  /** Where certificates may be fetched from. PayPal's own hosts, over https, unless others are named. */
  certificateHosts?: readonly CertificateHost[];
  /** Authorities the certificate must come from, as PEM. Those of Node, unless others are named. */
  trustedRoots?: readonly string[];
  /** Names the certificate may carry. PayPal's live and sandbox names, unless others are named. */
  commonNames?: readonly string[];
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Tells PayPal's deliveries from everybody else's. */
export interface WebhookVerifier {
  /**
   * Verifies one delivery and reads its event. Neither order nor uniqueness is checked: PayPal promises none, and the
   * event's `id` is the same in every delivery of it.
   * @param rawBody the bytes as they came; parsed and written again, the signature fails
   * @throws WebhookRefused and nothing else; `retryable` ones deserve 503, `malformed` 400, the others 403
   */
  verify(rawBody: Buffer, headers: Headers): Promise<ReceivedWalletEvent>;
}

/** A verifier with its own memory of certificates. */
export function createWebhookVerifier(options: WebhookVerifierOptions): WebhookVerifier {
  const now = options.now ?? Date.now;
  const hosts = options.certificateHosts ?? PAYPAL_CERTIFICATE_HOSTS;
  const commonNames = options.commonNames ?? PAYPAL_COMMON_NAMES;
  let roots: X509Certificate[] | undefined;
  const trust = () => {
    // Node's hundred and more authorities are parsed when the first certificate needs them.
    roots ??= (options.trustedRoots ?? rootCertificates).map((pem) => new X509Certificate(pem));
    return { roots, commonNames };
  };
  const certificates = createCertificates(trust, now);

  return {
    async verify(rawBody, headers) {
      const transmission = readTransmission(headers, now());
      const address = certificateAddress(transmission.certificateAddress, hosts);
      const { certificate } = await certificates.at(address);
      if (!isSigned(transmission, options.webhookId, rawBody, certificate.publicKey)) {
        throw new WebhookRefused('signature', 'not signed by PayPal for this webhook');
      }
      return readEvent(rawBody, transmission.at);
    },
  };
}
