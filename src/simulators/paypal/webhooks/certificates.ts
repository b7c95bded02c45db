import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Certificates } from '../state/webhook-records';
import type { World } from '../state/world';
import { makeCertificate } from './x509';

/** The common name of PayPal's sandbox certificate, by which receivers know it. */
const COMMON_NAME = 'messageverificationcerts.sandbox.paypal.com';
const AUTHORITY = { commonName: 'PayPal Simulator Root CA', organization: 'PayPal Simulator' };

/** PayPal's leaf is valid for 13 months; authority and leaf are replaced when less than a month is left. */
const LEAF_DAYS = 395;
const RENEW_DAYS = 30;
const AUTHORITY_DAYS = 3_650;
const DAY_MS = 86_400_000;

const newKeys = promisify(generateKeyPair);

/** A new authority and a leaf of it: two RSA keys, which take a moment to find. `now` in milliseconds since the epoch. */
export async function makeCertificates(now: number): Promise<Certificates> {
  const options = { modulusLength: 2048 };
  const [authority, leaf] = await Promise.all([newKeys('rsa', options), newKeys('rsa', options)]);
  const issuer = {
    issuer: AUTHORITY,
    issuerPublicKey: authority.publicKey,
    issuerPrivateKey: authority.privateKey,
    notBefore: now - DAY_MS,
  };
  const notAfter = now + LEAF_DAYS * DAY_MS;
  return {
    caCertificate: makeCertificate({
      ...issuer,
      kind: 'authority',
      subject: AUTHORITY,
      publicKey: authority.publicKey,
      notAfter: now + AUTHORITY_DAYS * DAY_MS,
    }),
    certificate: makeCertificate({
      ...issuer,
      kind: 'leaf',
      subject: { commonName: COMMON_NAME, organization: 'PayPal Simulator' },
      publicKey: leaf.publicKey,
      notAfter,
    }),
    privateKey: leaf.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    name: `CERT-360caa42-fca2a594-${randomBytes(4).toString('hex')}`,
    notAfter,
  };
}

/**
 * The authority and the leaf that signs webhooks: made once and kept, so that a receiver's trust survives a restart.
 * Validity is in real time, by which receivers check it. `given` are used where none are kept.
 */
export async function ensureCertificates(world: World, given?: Certificates): Promise<Certificates> {
  const kept = world.certificates.get('webhooks');
  if (kept && kept.notAfter > Date.now() + RENEW_DAYS * DAY_MS) return kept;
  return world.certificates.set('webhooks', given ?? (await makeCertificates(Date.now())));
}

/** The address at which receivers find the certificate. */
export const certificateUrl = (world: World, { name }: Certificates): string =>
  `${world.settings.baseUrl}/v1/notifications/certs/${name}`;
