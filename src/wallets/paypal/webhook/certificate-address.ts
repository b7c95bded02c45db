import { WebhookRefused } from './refused';

/** A server that PayPal's signing certificates may be fetched from. */
export interface CertificateHost {
  /** Name, with the port where it is not the protocol's own: `api.paypal.com`, `127.0.0.1:3002`. */
  host: string;
  protocol: 'https:' | 'http:';
}

/** PayPal's API hosts, live and sandbox. */
export const PAYPAL_CERTIFICATE_HOSTS: readonly CertificateHost[] = [
  { host: 'api.paypal.com', protocol: 'https:' },
  { host: 'api-m.paypal.com', protocol: 'https:' },
  { host: 'api.sandbox.paypal.com', protocol: 'https:' },
  { host: 'api-m.sandbox.paypal.com', protocol: 'https:' },
];

/**
 * The whole grammar of an address we follow: plain lower-case host, optional port, PayPal's folder, one plain name.
 * It leaves no place for a user name, an IPv6 literal, an encoding, a dot segment, a query or a letter beyond ASCII, so
 * nothing depends on how two URL parsers read such things.
 */
const ADDRESS = /^(https?:)\/\/([a-z0-9.-]{1,253}(?::[0-9]{1,5})?)\/v1\/notifications\/certs\/[A-Za-z0-9-]{1,128}$/;

/**
 * The address of a delivery's certificate, if it may be fetched. The sender chooses this address, so it is compared with
 * a list before anything is sent or any name is looked up.
 * @throws WebhookRefused `certificate-address`
 */
export function certificateAddress(value: string, hosts: readonly CertificateHost[]): URL {
  const [, protocol, host] = ADDRESS.exec(value) ?? [];
  if (!hosts.some((allowed) => allowed.host === host && allowed.protocol === protocol)) {
    throw new WebhookRefused('certificate-address', 'the certificate is not at an allowed address');
  }
  return new URL(value);
}
