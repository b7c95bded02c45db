import { X509Certificate, createVerify } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { retryDelayMs } from '../../../src/simulators/paypal/webhooks/delivery';
import { Listener, SimulatedPayPal, WEBHOOK_ID, eventually } from './simulated-paypal';
import type { Heard } from './simulated-paypal';

describe('webhooks', () => {
  let paypal: SimulatedPayPal;
  const captures = (): Heard[] =>
    paypal.listener.heard.filter(({ event }) => event['event_type'] === 'PAYMENT.CAPTURE.COMPLETED');
  const about = (id: unknown): Heard[] => captures().filter(({ body }) => body.includes(String(id)));
  const header = ({ headers }: Heard, name: string): string => String(headers[name]);

  beforeAll(async () => {
    paypal = await SimulatedPayPal.start();
  });
  beforeEach(async () => {
    await paypal.request('DELETE', '/_sim/faults');
  });
  afterAll(() => paypal.stop());

  test('are signed with a served certificate that the simulator’s own authority issued', async () => {
    await paypal.captured('1.00');
    const heard = await paypal.hears('PAYMENT.CAPTURE.COMPLETED');
    const url = header(heard, 'paypal-cert-url');
    expect(url).toMatch(/\/v1\/notifications\/certs\/CERT-360caa42-fca2a594-[0-9a-f]{8}$/);
    const leaf = new X509Certificate((await paypal.request('GET', url)).text);
    const authority = new X509Certificate(paypal.simulator.caCertificatePem);
    expect(leaf.verify(authority.publicKey) && leaf.checkIssued(authority)).toBe(true);
    expect(leaf.subject).toContain('CN=messageverificationcerts.sandbox.paypal.com');
    expect([authority.ca, leaf.ca]).toEqual([true, false]);
    const [id, time] = [header(heard, 'paypal-transmission-id'), header(heard, 'paypal-transmission-time')];
    const signed = `${id}|${time}|${WEBHOOK_ID}|${crc32(Buffer.from(heard.body))}`;
    const verify = createVerify('RSA-SHA256').update(signed);
    expect(verify.verify(leaf.publicKey, header(heard, 'paypal-transmission-sig'), 'base64')).toBe(true);
    expect(header(heard, 'paypal-auth-algo')).toBe('SHA256withRSA');
  });

  test('are verified by PayPal byte for byte', async () => {
    const heard = await paypal.hears('PAYMENT.CAPTURE.COMPLETED');
    const verify = (event: string) => {
      const fields = {
        auth_algo: header(heard, 'paypal-auth-algo'),
        cert_url: header(heard, 'paypal-cert-url'),
        transmission_id: header(heard, 'paypal-transmission-id'),
        transmission_sig: header(heard, 'paypal-transmission-sig'),
        transmission_time: header(heard, 'paypal-transmission-time'),
        webhook_id: WEBHOOK_ID,
      };
      const body = `${JSON.stringify(fields).slice(0, -1)},"webhook_event":${event}}`;
      return paypal.call('POST', '/v1/notifications/verify-webhook-signature', body, {
        'content-type': 'application/json',
      });
    };
    expect((await verify(heard.body)).body['verification_status']).toBe('SUCCESS');
    expect((await verify(heard.body.replace('"value":"1.00"', '"value":"1.0"'))).body['verification_status']).toBe(
      'FAILURE',
    );
  });

  test('are repeated with growing delays until the listener takes them, as the same transmission', async () => {
    // One for the event of the order, one for that of its capture.
    paypal.listener.answers.push(500, 503);
    const { id } = await paypal.captured('1.00');
    const [first, second] = await eventually('the repeat', () => about(id).length === 2 && about(id));
    expect(second?.headers['paypal-transmission-id']).toBe(first?.headers['paypal-transmission-id']);
    expect(second?.headers['paypal-transmission-sig']).toBe(first?.headers['paypal-transmission-sig']);
    expect(second?.body).toBe(first?.body);
    const delays = Array.from({ length: 25 }, (_, index) => retryDelayMs(index + 1));
    expect(delays[0]).toBe(1000);
    expect(delays.reduce((sum, delay) => sum + delay, 0)).toBeLessThan(3 * 86_400_000);
    expect(delays.every((delay, index) => index === 0 || delay > (delays[index - 1] ?? 0))).toBe(true);
  });

  test('are given up after twenty-five repeats', async () => {
    await paypal.fault({
      on: { to: 'webhook', path: 'PAYMENT.CAPTURE.COMPLETED' },
      do: { dropRequest: true },
      times: 26,
    });
    const { id } = await paypal.captured('1.00');
    for (let day = 0; day < 60; day += 1) {
      await paypal.advance('PT6H');
      await new Promise((done) => setTimeout(done, 60));
    }
    expect((await paypal.request('GET', '/_sim/faults')).body['faults']).toEqual([]);
    expect(about(id)).toEqual([]);
  });

  test('can be lost, doubled and overtaken on request', async () => {
    await paypal.fault({ on: { to: 'webhook', path: 'CAPTURE.COMPLETED' }, do: { duplicate: true }, times: 1 });
    const doubled = await paypal.captured('1.00');
    await eventually('both copies', () => about(doubled['id']).length === 2);

    await paypal.fault({ on: { to: 'webhook', path: 'CAPTURE.COMPLETED' }, do: { shuffle: true }, times: 1 });
    const late = await paypal.captured('1.00');
    const early = await paypal.captured('1.00');
    await eventually('both events', () => about(late['id']).length === 1 && about(early['id']).length === 1);
    expect(captures().indexOf(about(early['id'])[0] as Heard)).toBeLessThan(
      captures().indexOf(about(late['id'])[0] as Heard),
    );

    await paypal.fault({ on: { to: 'webhook', path: 'CAPTURE.COMPLETED' }, do: { dropResponse: true }, times: 1 });
    const unanswered = await paypal.captured('1.00');
    await eventually('the repeat', () => about(unanswered['id']).length === 2);
  });

  test('are listed by transaction and sent again with a new transmission', async () => {
    const { id } = await paypal.captured('1.00');
    const [first] = await eventually('the event', () => about(id).length === 1 && about(id));
    const path = '/v1/notifications/webhooks-events';
    const listed = await paypal.call('GET', `${path}?transaction_id=${String(id)}`);
    expect(listed.body['events']).toHaveLength(1);
    const again = await paypal.call('POST', `${path}/${String(listed.body['events']?.[0]?.['id'])}/resend`, {});
    expect(again.status).toBe(202);
    const second = await eventually('the second', () => about(id)[1]);
    expect(second.body).toBe(first?.body);
    expect(second.headers['paypal-transmission-id']).not.toBe(first?.headers['paypal-transmission-id']);
  });

  test('go to every listener that registered for them, and to no address that PayPal would refuse', async () => {
    const other = await Listener.start();
    const body = { url: other.url, event_types: [{ name: 'PAYMENT.CAPTURE.REFUNDED' }] };
    const { body: hook } = await paypal.call('POST', '/v1/notifications/webhooks', body);
    const { id } = await paypal.captured('1.00');
    await paypal.call('POST', `/v2/payments/captures/${String(id)}/refund`, {}, { 'paypal-request-id': 'hook' });
    await eventually('the refund', () => other.types().length > 0);
    expect(other.types()).toEqual(['PAYMENT.CAPTURE.REFUNDED']);
    await paypal.call('DELETE', `/v1/notifications/webhooks/${String(hook['id'])}`);
    await other.stop();
    const plain = await paypal.call('POST', '/v1/notifications/webhooks', { ...body, url: 'http://example.com/hook' });
    expect(plain.body['details']?.[0]?.['issue']).toBe('Not a valid webhook URL');
  });
});
