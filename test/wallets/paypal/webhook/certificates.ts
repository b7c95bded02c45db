import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A certificate with its key, and how others name it as their issuer. */
export interface Identity {
  name: Buffer;
  pem: string;
  privateKey: KeyObject;
}

/** What is unusual about a certificate. */
export interface Peculiarity {
  /** Itself by default. */
  issuer?: Identity;
  authority?: boolean;
  bits?: number;
  elliptic?: boolean;
  alternativeNames?: string[];
  notBefore?: Date;
  notAfter?: Date;
}

const YEAR_MS = 365 * 86_400_000;
const TAG = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c, time: 0x18 } as const;
const SEQUENCE = 0x30;
const SET = 0x31;

type KeyPair = { publicKey: KeyObject; privateKey: KeyObject };

let serial = 1;
let leafKeys: KeyPair | undefined;

/** Makes an X.509 certificate (RFC 5280) in DER, by hand: tests need wrong ones that no library would make. */
export function makeIdentity(commonName: string, of: Peculiarity = {}): Identity {
  const { publicKey, privateKey } = keysFor(of);
  const signer = of.issuer?.privateKey ?? privateKey;
  const algorithm =
    signer.asymmetricKeyType === 'rsa'
      ? der(SEQUENCE, oid(1, 2, 840, 113549, 1, 1, 11), der(0x05))
      : der(SEQUENCE, oid(1, 2, 840, 10045, 4, 3, 2));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid(2, 5, 4, 3), der(TAG.utf8, Buffer.from(commonName)))));
  const toBeSigned = der(
    SEQUENCE,
    der(0xa0, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([0x10, serial++])),
    algorithm,
    of.issuer?.name ?? name,
    der(
      SEQUENCE,
      time(of.notBefore ?? new Date(Date.now() - YEAR_MS)),
      time(of.notAfter ?? new Date(Date.now() + YEAR_MS)),
    ),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, ...extensions(of))),
  );
  const signature = sign('sha256', toBeSigned, signer);
  const certificate = der(SEQUENCE, toBeSigned, algorithm, der(TAG.bits, Buffer.from([0]), signature));
  return { name, pem: toPem(certificate), privateKey };
}

/** Authorities get an elliptic key of their own, which is made at once; leaves share an RSA key, which is not. */
function keysFor({ authority = false, elliptic = authority, bits }: Peculiarity): KeyPair {
  if (elliptic) return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (bits !== undefined) return generateKeyPairSync('rsa', { modulusLength: bits });
  leafKeys ??= generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return leafKeys;
}

function extensions({ authority = false, alternativeNames }: Peculiarity): Buffer[] {
  const isAuthority = authority ? der(SEQUENCE, der(TAG.boolean, Buffer.from([0xff]))) : der(SEQUENCE);
  const basic = der(SEQUENCE, oid(2, 5, 29, 19), der(TAG.boolean, Buffer.from([0xff])), der(TAG.octets, isAuthority));
  if (!alternativeNames) return [basic];
  const names = der(SEQUENCE, ...alternativeNames.map((value) => der(0x82, Buffer.from(value))));
  return [basic, der(SEQUENCE, oid(2, 5, 29, 17), der(TAG.octets, names))];
}

function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function oid(first: number, second: number, ...rest: number[]): Buffer {
  const base128 = (value: number): number[] => {
    const digits = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  };
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function time(at: Date): Buffer {
  return der(TAG.time, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
}

function toPem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
