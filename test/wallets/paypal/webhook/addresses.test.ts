import { Socket } from 'node:net';
import * as fc from 'fast-check';
import {
  certificateAddress,
  PAYPAL_CERTIFICATE_HOSTS,
} from '../../../../src/wallets/paypal/webhook/certificate-address';
import { createWebhookVerifier } from '../../../../src/wallets/paypal/webhook';
import { makeIdentity } from './certificates';
import type { Identity } from './certificates';
import { sign } from './signed-deliveries';

const PATH = '/v1/notifications/certs/CERT-360caa42-fca2a594-5edc0ebc';

/** Addresses that look like PayPal's to a person, a careless check, or another URL parser. */
const HOSTILE = [
  // Another server altogether.
  `https://evil.example${PATH}`,
  `http://169.254.169.254/latest/meta-data/`,
  `http://169.254.169.254${PATH}`,
  `http://127.0.0.1${PATH}`,
  `http://localhost:3000${PATH}`,
  `https://[::1]${PATH}`,
  `https://[::ffff:127.0.0.1]${PATH}`,
  `https://[fe80::1%25eth0]${PATH}`,
  `https://2130706433${PATH}`,
  `https://0x7f000001${PATH}`,
  `https://0177.0.0.1${PATH}`,
  // PayPal's name in the wrong place.
  `https://api.paypal.com@evil.example${PATH}`,
  `https://api.paypal.com:443@evil.example${PATH}`,
  `https://evil.example@api.paypal.com${PATH}`,
  `https://user:password@api.paypal.com${PATH}`,
  `https://api.paypal.com%40evil.example${PATH}`,
  `https://api.paypal.com.evil.example${PATH}`,
  `https://api-paypal.com${PATH}`,
  `https://evilapi.paypal.com${PATH}`,
  `https://x.api.paypal.com${PATH}`,
  `https://paypal.com${PATH}`,
  `https://www.paypal.com${PATH}`,
  `https://apis.paypal.com${PATH}`,
  `https://api.paypal.co${PATH}`,
  `https://evil.example/https://api.paypal.com${PATH}`,
  `https://evil.example?https://api.paypal.com${PATH}`,
  `https://evil.example#https://api.paypal.com${PATH}`,
  `https://evil.example\\@api.paypal.com${PATH}`,
  `https://evil.example\\.api.paypal.com${PATH}`,
  `https:\\\\api.paypal.com${PATH}`,
  // The right name, spelt so that parsers differ.
  `https://api.paypal.com.${PATH}`,
  `https://API.PAYPAL.COM${PATH}`,
  `https://api。paypal。com${PATH}`,
  `https://api.pаypal.com${PATH}`,
  `https://api.paypaⅼ.com${PATH}`,
  `https://ａｐｉ.paypal.com${PATH}`,
  `https://api.xn--pypal-4ve.com${PATH}`,
  `https://api.paypal.com%00.evil.example${PATH}`,
  `https://api.paypal.com%2eevil.example${PATH}`,
  `https://api.paypal.com\u0000${PATH}`,
  `https://api.paypal.com\t${PATH}`,
  `https://api.paypal.com\r\nHost: evil.example${PATH}`,
  ` https://api.paypal.com${PATH}`,
  `https://api.paypal.com${PATH}\n`,
  `https:///api.paypal.com${PATH}`,
  `https:/api.paypal.com${PATH}`,
  `https:api.paypal.com${PATH}`,
  `//api.paypal.com${PATH}`,
  `api.paypal.com${PATH}`,
  // Another port or protocol.
  `https://api.paypal.com:8443${PATH}`,
  `https://api.paypal.com:0443${PATH}`,
  `https://api.paypal.com:${PATH}`,
  `http://api.paypal.com${PATH}`,
  `ftp://api.paypal.com${PATH}`,
  `file:///etc/passwd`,
  `file://api.paypal.com${PATH}`,
  `data:application/x-pem-file,-----BEGIN CERTIFICATE-----`,
  `gopher://api.paypal.com:443${PATH}`,
  `unix:/var/run/docker.sock`,
  `javascript:fetch('https://api.paypal.com${PATH}')`,
  // PayPal's server, but not its folder of certificates: something a stranger may have put there.
  `https://api.paypal.com/v1/notifications/certs/`,
  `https://api.paypal.com/v1/notifications/certs`,
  `https://api.paypal.com/v1/notifications/certs/../webhooks/1`,
  `https://api.paypal.com/v1/notifications/certs/%2e%2e/webhooks`,
  `https://api.paypal.com/v1/notifications/certs/..%2fwebhooks`,
  `https://api.paypal.com/v1/notifications/certs/a/b`,
  `https://api.paypal.com/v1/notifications/certs/CERT-1?next=https://evil.example`,
  `https://api.paypal.com/v1/notifications/certs/CERT-1#evil`,
  `https://api.paypal.com/v1/notifications/certs/CERT-1;evil`,
  `https://api.paypal.com/v1/notifications//certs/CERT-1`,
  `https://api.paypal.com/redirect?to=/v1/notifications/certs/CERT-1`,
  `https://api.paypal.com/v2/notifications/certs/CERT-1`,
  `https://api.paypal.com/v1/notifications/certs/${'A'.repeat(129)}`,
  ``,
];

let signer: Identity;
const connections: unknown[] = [];

beforeAll(() => {
  signer = makeIdentity('messageverificationcerts.paypal.com');
});

beforeEach(() => {
  connections.length = 0;
  // Every connection, whatever its protocol, starts here, and names are looked up after it.
  jest.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...options: unknown[]) {
    connections.push(options);
    setImmediate(() => this.destroy(new Error('no network in this test')));
    return this;
  } as unknown as Socket['connect']);
});
afterEach(() => jest.restoreAllMocks());

function deliver(certUrl: string) {
  const { body, headers } = sign(Buffer.from('{}'), signer, { certUrl, webhookId: 'W' });
  return createWebhookVerifier({ webhookId: 'W' }).verify(body, headers);
}

it.each(HOSTILE.map((address) => [address]))('No request leaves for %j', async (address) => {
  await expect(deliver(address)).rejects.toMatchObject({ name: 'WebhookRefused', retryable: false });
  expect(connections).toEqual([]);
});

it.each(PAYPAL_CERTIFICATE_HOSTS.map(({ host }) => [host]))('A certificate at %s is asked for', async (host) => {
  await expect(deliver(`https://${host}${PATH}`)).rejects.toMatchObject({ code: 'certificate-unavailable' });
  expect(connections).toHaveLength(1);
});

it('Only addresses that are, byte for byte, an allowed server, the folder and a plain name are accepted', () => {
  const hosts = ['api.paypal.com', 'api-m.sandbox.paypal.com', '[::1]', 'evil.example', 'paypal'];
  const rest = ['https:', 'http:', '//', '/', '\\', '@', ':', '443', '/v1/notifications/certs/', 'CERT-1', '..', '.'];
  const parts = fc.constantFrom(...hosts, ...rest, '%2e', '?', '#', ' ', '\u3002');
  const built = fc.oneof(
    fc.array(parts, { maxLength: 8 }).map((chosen) => chosen.join('')),
    fc.webUrl(),
    fc.tuple(fc.constantFrom(...PAYPAL_CERTIFICATE_HOSTS), fc.string()).map(([{ host }, s]) => `https://${host}${s}`),
    fc.string().map((name) => `https://api.paypal.com/v1/notifications/certs/${name}`),
  );
  const allowed = PAYPAL_CERTIFICATE_HOSTS.map(({ host }) => `https://${host}/v1/notifications/certs/`);
  fc.assert(
    fc.property(built, (address) => {
      const expected = allowed.some(
        (start) => address.startsWith(start) && /^[A-Za-z0-9-]{1,128}$/.test(address.slice(start.length)),
      );
      let accepted: URL | undefined;
      try {
        accepted = certificateAddress(address, PAYPAL_CERTIFICATE_HOSTS);
      } catch {
        accepted = undefined;
      }
      expect(accepted !== undefined).toBe(expected && !address.endsWith('\n'));
      if (accepted) expect(accepted.href).toBe(address);
    }),
    { numRuns: 5_000, seed: 20_171_020 },
  );
});
