import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { signingCertificate } from '../../../../src/wallets/paypal/webhook/chain';
import { makeIdentity } from './certificates';
import type { Identity, Peculiarity } from './certificates';

const NAME = 'messageverificationcerts.paypal.com';
const DAY_MS = 86_400_000;

let root: Identity;
let intermediate: Identity;

beforeAll(() => {
  root = makeIdentity('Test Root', { authority: true });
  intermediate = makeIdentity('Test Intermediate', { authority: true, issuer: root });
});

function judge(pem: string, at = Date.now(), roots = [root.pem]) {
  const trust = { roots: roots.map((text) => new X509Certificate(text)), commonNames: [NAME] };
  return signingCertificate(pem, trust, at);
}

const leaf = (of: Peculiarity = {}) => makeIdentity(NAME, { issuer: root, ...of });

describe('a signing certificate', () => {
  it('is trusted when a trusted root issued it', () => {
    expect(judge(leaf().pem).certificate.subject).toContain(NAME);
  });

  it('is trusted through an intermediate in the same bundle, wherever it stands there', () => {
    const { pem } = leaf({ issuer: intermediate });
    const stranger = makeIdentity('Stranger', { authority: true });
    expect(judge([pem, stranger.pem, intermediate.pem, root.pem].join('\n')).certificate.subject).toContain(NAME);
  });

  it('is good only as long as every certificate above it', () => {
    const notAfter = new Date(Date.now() + 5 * DAY_MS);
    const short = makeIdentity('Short', { authority: true, issuer: root, notAfter });
    const { pem } = leaf({ issuer: short });
    const bundle = `${pem}\n${short.pem}`;
    expect(Math.abs(judge(bundle).validUntil - notAfter.getTime())).toBeLessThan(1_000);
    expect(() => judge(bundle, Date.now() + 6 * DAY_MS)).toThrow('validity');
  });

  it('is read by its alternative names where it has some', () => {
    expect(judge(leaf({ alternativeNames: [NAME] }).pem)).toBeDefined();
    const other = leaf({ alternativeNames: ['api.paypal.com'] });
    expect(() => judge(other.pem)).toThrow('wrong name');
  });
});

describe('a certificate is refused', () => {
  it('that nobody trusted issued', () => {
    const other = makeIdentity('Test Root', { authority: true });
    const { pem } = leaf({ issuer: other });
    expect(() => judge(pem)).toThrow('no chain');
    expect(() => judge(`${pem}\n${other.pem}`)).toThrow('no chain');
  });

  it('that issued itself', () => {
    const { pem } = makeIdentity(NAME);
    expect(() => judge(pem)).toThrow('no chain');
  });

  it('that another leaf issued, for a leaf is no authority', () => {
    const customer = makeIdentity('customer.example', { issuer: root });
    const { pem } = leaf({ issuer: customer });
    expect(() => judge(`${pem}\n${customer.pem}`)).toThrow('no chain');
  });

  it('whose intermediate is missing', () => {
    const { pem } = leaf({ issuer: intermediate });
    expect(() => judge(pem)).toThrow('no chain');
  });

  it('at the end of an endless chain', () => {
    let issuer = root;
    const bundle: string[] = [];
    for (let depth = 0; depth < 6; depth++) {
      issuer = makeIdentity(`Authority ${depth}`, { authority: true, issuer });
      bundle.unshift(issuer.pem);
    }
    const { pem } = leaf({ issuer });
    expect(() => judge([pem, ...bundle].join('\n'))).toThrow('no chain');
  });

  it.each([
    'api.paypal.com',
    'messageverificationcerts.paypal.com.evil.example',
    'xmessageverificationcerts.paypal.com',
    '*.paypal.com',
  ])('that is called %s', (name) => {
    const { pem } = makeIdentity(name, { issuer: root });
    expect(() => judge(pem)).toThrow('wrong name');
  });

  it('that is an authority itself', () => {
    expect(() => judge(root.pem)).toThrow('authority');
    const { pem } = makeIdentity(NAME, { issuer: root, authority: true });
    expect(() => judge(pem)).toThrow('authority');
  });

  it('that is not valid yet, or not any more', () => {
    const past = leaf({ notAfter: new Date(Date.now() - DAY_MS) });
    expect(() => judge(past.pem)).toThrow('validity');
    const future = leaf({ notBefore: new Date(Date.now() + DAY_MS) });
    expect(() => judge(future.pem)).toThrow('validity');
  });

  it('whose key is short or of another kind', () => {
    const short = leaf({ bits: 1_024 });
    expect(() => judge(short.pem)).toThrow('weak key');
    const elliptic = leaf({ elliptic: true });
    expect(() => judge(elliptic.pem)).toThrow('weak key');
  });

  it.each(['', '\n', 'no pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'that is none: %j',
    (text) => {
      expect(() => judge(text)).toThrow('certificate-untrusted');
    },
  );

  it('by the authorities of Node, when a test issued it', () => {
    const { pem } = leaf();
    expect(() => judge(`${pem}\n${root.pem}`, Date.now(), [...rootCertificates])).toThrow('no chain');
  });
});
