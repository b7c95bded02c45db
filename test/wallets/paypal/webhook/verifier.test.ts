import * as fc from 'fast-check';
import { createWebhookVerifier, WebhookRefused } from '../../../../src/wallets/paypal/webhook';
import type { WebhookVerifierOptions } from '../../../../src/wallets/paypal/webhook';
import { makeIdentity } from './certificates';
import type { Identity } from './certificates';
import { sign, startCertificateServer } from './signed-deliveries';

const WEBHOOK_ID = '4JH86294D6297924G';
const NAME = 'messageverificationcerts.sandbox.paypal.com';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const EVENT = Buffer.from(
  '{"id":"WH-1","create_time":"2026-11-24T10:00:00Z","event_type":"PAYMENT.PAYOUTSBATCH.SUCCESS","resource":{"v":1.0}}',
);

let root: Identity;
let leaf: Identity;
let server: Awaited<ReturnType<typeof startCertificateServer>>;
let serve: Parameters<typeof startCertificateServer>[0];

beforeAll(() => {
  root = makeIdentity('Test Root', { authority: true });
  leaf = makeIdentity(NAME, { issuer: root });
});

beforeEach(async () => {
  serve = () => ({ body: leaf.pem });
  server = await startCertificateServer((name) => serve(name));
});
afterEach(() => server.close());

function verifier(changes: Partial<WebhookVerifierOptions> = {}) {
  return createWebhookVerifier({
    webhookId: WEBHOOK_ID,
    certificateHosts: [{ host: server.host, protocol: 'http:' }],
    trustedRoots: [root.pem],
    ...changes,
  });
}

function delivery(body = EVENT, time?: string) {
  return sign(body, leaf, { certUrl: server.urlOf('CERT-1'), webhookId: WEBHOOK_ID, ...(time && { time }) });
}

async function refusalOf(verified: Promise<unknown>): Promise<WebhookRefused> {
  const outcome: unknown = await verified.then(
    () => 'accepted',
    (error: unknown) => error,
  );
  if (outcome instanceof WebhookRefused) return outcome;
  throw new Error(`expected a refusal, got ${String(outcome)}`);
}

describe('a delivery signed for our webhook', () => {
  it('is accepted and read', async () => {
    const { body, headers } = delivery();
    expect(await verifier().verify(body, headers)).toEqual({
      id: 'WH-1',
      at: Date.parse('2026-11-24T10:00:00Z'),
      event: { kind: 'other', name: 'PAYMENT.PAYOUTSBATCH.SUCCESS' },
    });
  });

  it('is accepted three days late, for PayPal delivers that long, and refused a day later', async () => {
    const sentAt = (age: number) => delivery(EVENT, new Date(Date.now() - age).toISOString());
    const late = sentAt(3 * DAY_MS);
    expect(await verifier().verify(late.body, late.headers)).toMatchObject({ id: 'WH-1' });
    for (const age of [4 * DAY_MS, -10 * 60_000]) {
      const refusal = await refusalOf(verifier().verify(sentAt(age).body, sentAt(age).headers));
      expect(refusal).toMatchObject({ code: 'transmission-time', retryable: false });
    }
  });

  it('costs one fetch of the certificate, however many come, and however many at once', async () => {
    const one = verifier();
    const deliveries = Array.from({ length: 10 }, () => delivery());
    await Promise.all(deliveries.map(({ body, headers }) => one.verify(body, headers)));
    await one.verify(EVENT, delivery().headers);
    expect(server.asked).toEqual(['/v1/notifications/certs/CERT-1']);
  });

  it('is refused when any single byte of it is changed', async () => {
    const one = verifier();
    const { headers } = delivery();
    await fc.assert(
      fc.asyncProperty(fc.nat(EVENT.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const body = Buffer.from(EVENT);
        body[at] = (body[at] ?? 0) ^ change;
        expect((await refusalOf(one.verify(body, headers))).code).toBe('signature');
      }),
      { numRuns: 300, seed: 20_171_020 },
    );
  });

  it('is refused when it was parsed and written again, because 1.0 became 1', async () => {
    const { headers } = delivery();
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(EVENT.toString())));
    expect((await refusalOf(verifier().verify(rewritten, headers))).code).toBe('signature');
  });

  it('is refused when one of the signed headers is changed', async () => {
    const one = verifier();
    const { body, headers } = delivery();
    const time = new Date(Date.now() - 1_000).toISOString();
    for (const change of [
      { 'paypal-transmission-id': 'another' },
      { 'paypal-transmission-time': time },
      { 'paypal-transmission-sig': Buffer.alloc(256, 7).toString('base64') },
      { 'paypal-transmission-sig': '%%%' },
    ]) {
      expect((await refusalOf(one.verify(body, { ...headers, ...change }))).code).toBe('signature');
    }
  });

  it('for another webhook, or for the mock events of PayPal, is refused', async () => {
    for (const webhookId of ['WEBHOOK_ID', '9XX00000X0000000X']) {
      const other = sign(EVENT, leaf, { certUrl: server.urlOf('CERT-1'), webhookId });
      expect((await refusalOf(verifier().verify(other.body, other.headers))).code).toBe('signature');
    }
  });

  it('with another algorithm than PayPal uses is refused before anything is fetched', async () => {
    const { body, headers } = delivery();
    for (const algorithm of ['SHA1withRSA', 'none', 'MD5withRSA', 'HMAC-SHA256', 'RSA-SHA256', 'sha256withrsa', '']) {
      const changed = { ...headers, 'paypal-auth-algo': algorithm };
      expect((await refusalOf(verifier().verify(body, changed))).code).toMatch(/algorithm|header-missing/);
    }
    expect(server.asked).toEqual([]);
  });

  it('without one of its headers, or with one twice, is refused', async () => {
    const { body, headers } = delivery();
    for (const name of Object.keys(headers).filter((key) => key !== 'paypal-auth-version')) {
      expect((await refusalOf(verifier().verify(body, { ...headers, [name]: undefined }))).code).toBe('header-missing');
      const twice = [headers[name] ?? '', headers[name] ?? ''];
      expect((await refusalOf(verifier().verify(body, { ...headers, [name]: twice }))).code).toBe('header-missing');
    }
  });

  it('that is no event is refused as malformed', async () => {
    for (const text of [
      '',
      'x',
      '[]',
      '{}',
      '{"id":"WH-1"}',
      '{"id":7,"event_type":"A"}',
      '{"id":"","event_type":"A"}',
    ]) {
      const { body, headers } = delivery(Buffer.from(text));
      expect(await refusalOf(verifier().verify(body, headers))).toMatchObject({ code: 'malformed', retryable: false });
    }
  });
});

describe('a certificate', () => {
  const ofServer = async () => {
    const { body, headers } = delivery();
    return refusalOf(verifier().verify(body, headers));
  };

  it.each([500, 503, 429])('that is not to be had right now (%i) lets the delivery be tried again', async (status) => {
    serve = () => ({ status });
    expect(await ofServer()).toMatchObject({ code: 'certificate-unavailable', retryable: true });
  });

  it('that is not to be had right now is fetched again by the next delivery', async () => {
    const one = verifier();
    serve = () => ({ status: 503 });
    await refusalOf(one.verify(EVENT, delivery().headers));
    serve = () => ({ body: leaf.pem });
    expect(await one.verify(EVENT, delivery().headers)).toMatchObject({ id: 'WH-1' });
  });

  it('whose server is gone lets the delivery be tried again', async () => {
    const { body, headers } = delivery();
    const one = verifier();
    await server.close();
    expect(await refusalOf(one.verify(body, headers))).toMatchObject({
      code: 'certificate-unavailable',
      retryable: true,
    });
  });

  it('that does not exist refuses the delivery for good', async () => {
    serve = () => ({ status: 404 });
    expect(await ofServer()).toMatchObject({ code: 'certificate-unavailable', retryable: false });
  });

  it('behind a redirect is not followed', async () => {
    const elsewhere = await startCertificateServer(() => ({ body: leaf.pem }));
    serve = () => ({ status: 302, headers: { location: elsewhere.urlOf('CERT-1') } });
    expect(await ofServer()).toMatchObject({ code: 'certificate-unavailable', retryable: false });
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  });

  it('that is too long is not read to its end', async () => {
    serve = () => ({ body: `${leaf.pem}${' '.repeat(70_000)}` });
    expect(await ofServer()).toMatchObject({ code: 'certificate-unavailable', retryable: false });
  });

  it('is fetched at most four at once, whatever addresses a sender invents', async () => {
    serve = () => 'silence';
    const one = verifier();
    const invented = Array.from({ length: 12 }, (_, at) => {
      const { body, headers } = sign(EVENT, leaf, { certUrl: server.urlOf(`CERT-${at}`), webhookId: WEBHOOK_ID });
      return refusalOf(one.verify(body, headers));
    });
    const refused = await Promise.race([Promise.all(invented.slice(4)), Promise.all(invented)]);
    expect(refused.every(({ retryable }) => retryable)).toBe(true);
    await server.close();
    await Promise.all(invented);
    expect(new Set(server.asked).size).toBeLessThanOrEqual(4);
  });

  it('is not trusted any longer once it has expired, even from memory', async () => {
    const clock = { now: Date.now() };
    const one = verifier({ now: () => clock.now });
    await one.verify(EVENT, delivery().headers);
    clock.now += 366 * DAY_MS;
    const { body, headers } = delivery(EVENT, new Date(clock.now).toISOString());
    expect((await refusalOf(one.verify(body, headers))).code).toBe('certificate-untrusted');
  });
});

it('Whatever bytes and headers arrive, the answer is an event or a refusal', async () => {
  const one = verifier();
  const honest = delivery().headers;
  const header = fc.oneof(fc.string(), fc.constant(undefined), fc.array(fc.string(), { maxLength: 3 }));
  const anyHeaders = fc.dictionary(fc.constantFrom(...Object.keys(honest)), header);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), anyHeaders, async (bytes, changes) => {
      const verified = one.verify(Buffer.from(bytes), { ...honest, ...changes });
      await expect(verified).rejects.toBeInstanceOf(WebhookRefused);
    }),
    { numRuns: 500, seed: 20_171_020 },
  );
});
