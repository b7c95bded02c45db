import { X509Certificate } from 'node:crypto';
import { WebhookRefused } from './refused';

/** Whom a signing certificate must come from, and what it must be called. */
export interface Trust {
  roots: readonly X509Certificate[];
  commonNames: readonly string[];
}

/** A certificate that may sign deliveries, until `validUntil` (milliseconds since the epoch). */
export interface SigningCertificate {
  certificate: X509Certificate;
  validUntil: number;
}

/** The names PayPal's signing certificates carry, live and sandbox. */
export const PAYPAL_COMMON_NAMES: readonly string[] = [
  'messageverificationcerts.paypal.com',
  'messageverificationcerts.sandbox.paypal.com',
];

/** Leaf, two intermediates and a root are usual; more is a detour. */
const MAX_CHAIN_LENGTH = 5;
/** NIST SP 800-57: shorter RSA keys are not acceptable. PayPal's has 2,048 bits. */
const MIN_RSA_BITS = 2_048;

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/**
 * The first certificate of a PEM bundle, if a chain leads from it over the bundle's others to a trusted root, every link
 * is valid at `now`, and it carries one of the expected names.
 * @throws WebhookRefused `certificate-untrusted`
 */
export function signingCertificate(pem: string, { roots, commonNames }: Trust, now: number): SigningCertificate {
  const [leaf, ...bundle] = readBundle(pem);
  if (!leaf) throw untrusted('no certificate');
  if (leaf.ca) throw untrusted('an authority is no signer');
  if (!commonNames.some((name) => leaf.checkHost(name, { wildcards: false }) === name)) throw untrusted('wrong name');
  const { asymmetricKeyType, asymmetricKeyDetails } = leaf.publicKey;
  if (asymmetricKeyType !== 'rsa' || (asymmetricKeyDetails?.modulusLength ?? 0) < MIN_RSA_BITS) {
    throw untrusted('weak key');
  }
  const chain = chainOf(leaf, bundle, roots);
  if (!chain.every((link) => isValid(link, now))) throw untrusted('outside its validity');
  return { certificate: leaf, validUntil: Math.min(...chain.map((link) => Date.parse(link.validTo))) };
}

function readBundle(pem: string): X509Certificate[] {
  try {
    return (pem.match(PEM) ?? []).slice(0, MAX_CHAIN_LENGTH).map((text) => new X509Certificate(text));
  } catch {
    throw untrusted('unreadable');
  }
}

/** From the leaf to the root. An intermediate must be an authority, else any certificate could sign another. */
function chainOf(
  leaf: X509Certificate,
  bundle: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): X509Certificate[] {
  const chain = [leaf];
  for (let last = leaf; chain.length < MAX_CHAIN_LENGTH;) {
    const root = roots.find((candidate) => isIssuer(candidate, last));
    if (root) return [...chain, root];
    const next = bundle.find((candidate) => candidate.ca && !chain.includes(candidate) && isIssuer(candidate, last));
    if (!next) break;
    chain.push(next);
    last = next;
  }
  throw untrusted('no chain to a trusted root');
}

function isIssuer(candidate: X509Certificate, of: X509Certificate): boolean {
  return of.checkIssued(candidate) && of.verify(candidate.publicKey);
}

function isValid({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}

function untrusted(rule: string): WebhookRefused {
  return new WebhookRefused('certificate-untrusted', rule);
}
