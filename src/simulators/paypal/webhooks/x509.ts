import { createHash, createSign, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  bits,
  boolean,
  der,
  identifier,
  integer,
  nothing,
  octets,
  pem,
  sequence,
  set,
  tagged,
  time,
  utf8,
} from './der';

/** Object identifiers of RFC 5280 and RFC 4055. */
const OID = {
  sha256WithRsa: '1.2.840.113549.1.1.11',
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  subjectKeyIdentifier: '2.5.29.14',
  authorityKeyIdentifier: '2.5.29.35',
} as const;

const KEY_USAGE = { digitalSignature: 0x80, keyCertSign: 0x04, crlSign: 0x02 } as const;

/** What a certificate says. Times in milliseconds since the epoch. */
export interface CertificateRequest {
  subject: { commonName: string; organization: string };
  issuer: { commonName: string; organization: string };
  publicKey: KeyObject;
  /** The issuer's; its own for a self-signed certificate. */
  issuerPublicKey: KeyObject;
  issuerPrivateKey: KeyObject;
  notBefore: number;
  notAfter: number;
  /** An authority may sign certificates; a leaf signs data and carries its common name as DNS name. */
  kind: 'authority' | 'leaf';
}

const publicKeyInfo = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });

/** SHA-1 of the key, the usual key identifier (RFC 5280, 4.2.1.2): it only names the key. */
const keyIdentifier = (key: KeyObject): Buffer => createHash('sha1').update(publicKeyInfo(key)).digest();

const name = ({ commonName, organization }: CertificateRequest['subject']): Buffer =>
  sequence(
    set(sequence(identifier(OID.organization), utf8(organization))),
    set(sequence(identifier(OID.commonName), utf8(commonName))),
  );

const extension = (oid: string, critical: boolean, value: Buffer): Buffer =>
  critical ? sequence(identifier(oid), boolean(true), octets(value)) : sequence(identifier(oid), octets(value));

function extensions({ kind, subject, publicKey, issuerPublicKey }: CertificateRequest): Buffer {
  const authority = kind === 'authority';
  const usage = authority
    ? bits(Buffer.from([KEY_USAGE.keyCertSign | KEY_USAGE.crlSign]), 1)
    : bits(Buffer.from([KEY_USAGE.digitalSignature]), 7);
  const common = [
    extension(OID.basicConstraints, true, authority ? sequence(boolean(true)) : sequence()),
    extension(OID.keyUsage, true, usage),
    extension(OID.subjectKeyIdentifier, false, octets(keyIdentifier(publicKey))),
    extension(OID.authorityKeyIdentifier, false, sequence(der(0x80, keyIdentifier(issuerPublicKey)))),
  ];
  const dnsName = extension(OID.subjectAltName, false, sequence(der(0x82, Buffer.from(subject.commonName))));
  return tagged(3, sequence(...common, ...(authority ? [] : [dnsName])));
}

/** Makes a version 3 certificate (RFC 5280), signed with RSA and SHA-256, as PEM. */
export function makeCertificate(request: CertificateRequest): string {
  const algorithm = sequence(identifier(OID.sha256WithRsa), nothing());
  // Positive and 16 bytes long (RFC 5280, 4.1.2.2).
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const toBeSigned = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name(request.issuer),
    sequence(time(request.notBefore), time(request.notAfter)),
    name(request.subject),
    publicKeyInfo(request.publicKey),
    extensions(request),
  );
  const signature = createSign('RSA-SHA256').update(toBeSigned).sign(request.issuerPrivateKey);
  return pem('CERTIFICATE', sequence(toBeSigned, algorithm, bits(signature)));
}
