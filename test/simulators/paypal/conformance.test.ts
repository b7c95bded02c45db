import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  CAPTURE_ORDER_ISSUES,
  CREATE_ORDER_ISSUES,
  GET_ORDER_ISSUES,
} from '../../../src/simulators/paypal/api/order-issues';
import { GET_PAYMENT_ISSUES, REFUND_ISSUES } from '../../../src/simulators/paypal/api/payment-issues';
import { DANA, LEE, SimulatedPayPal, captureOf } from './simulated-paypal';
import type { Body } from './simulated-paypal';

const ROOT = resolve(__dirname, '../../..');
const CHECK = resolve(ROOT, '../shared/checks/paypal-conformance.mjs');

/** How many pairs of operation and status have to be exercised. */
const FEWEST_PAIRS = 50;

const NOWHERE = 'AAAAAAAAAAAAAAAAA';
const usd = (value: string) => ({ currency_code: 'USD', value });
const unit = (value: string) => ({ intent: 'CAPTURE', purchase_units: [{ amount: usd(value) }] });
const urls = { return_url: 'http://127.0.0.1:1/back', cancel_url: 'http://127.0.0.1:1/no' };

async function orders(paypal: SimulatedPayPal): Promise<string> {
  const representation = { prefer: 'return=representation' };
  const charged = await paypal.charge('20.00', { key: 'charge', invoice: 'invoice-1', custom: 'custom-1' });
  await paypal.charge('20.00', { key: 'charge' });
  await paypal.charge('2000.00');
  await paypal.charge('1.00', { invoice: 'invoice-1' });
  await paypal.call('POST', '/v2/checkout/orders', { intent: 'PAY' });
  await paypal.call('POST', '/v2/checkout/orders', 'x=1', { 'content-type': 'text/plain' });
  await paypal.call('POST', '/v2/checkout/orders', '{', { 'content-type': 'application/json' });
  await paypal.call('POST', '/v2/checkout/orders', unit('1.00'), { authorization: 'Bearer nobody' });
  const items = [{ name: 'Tea', quantity: '2', unit_amount: usd('2.00'), category: 'PHYSICAL_GOODS' }];
  const amount = { ...usd('4.00'), breakdown: { item_total: usd('4.00') } };
  const purchase = { reference_id: 'a', description: 'Two teas', amount, items };
  const source = { paypal: { experience_context: { ...urls, brand_name: 'Tea shop' } } };
  const body = { intent: 'CAPTURE', purchase_units: [purchase], payment_source: source };
  const { body: order } = await paypal.call('POST', '/v2/checkout/orders', body, representation);
  const path = `/v2/checkout/orders/${String(order['id'])}`;
  await paypal.call('POST', `${path}/capture`, {});
  await paypal.form('/checkoutnow', { token: String(order['id']), email: DANA.email });
  await paypal.call('GET', path);
  await paypal.call('POST', `${path}/capture`, {}, { ...representation, 'paypal-request-id': 'capture' });
  await paypal.call('POST', `${path}/capture`, {}, { ...representation, 'paypal-request-id': 'capture' });
  await paypal.call('POST', `${path}/capture`, {}, { authorization: 'Bearer nobody' });
  await paypal.call('POST', `${path}/capture`, '{', { 'content-type': 'application/json' });
  await paypal.call('POST', `/v2/checkout/orders/${NOWHERE}/capture`, {});
  await paypal.call('POST', `${path}/capture`, {}, mock('PERMISSION_DENIED'));
  await paypal.call('GET', `/v2/checkout/orders/${NOWHERE}`);
  await paypal.call('GET', path, undefined, { authorization: 'Bearer nobody' });
  return String(captureOf(charged.body)['id']);
}

const mock = (code: string) => ({ 'paypal-mock-response': JSON.stringify({ mock_application_codes: code }) });

async function payments(paypal: SimulatedPayPal, captureId: string): Promise<void> {
  const path = `/v2/payments/captures/${captureId}`;
  const nobody = { authorization: 'Bearer nobody' };
  const representation = { prefer: 'return=representation' };
  const part = { amount: usd('5.00'), invoice_id: 'refund-1', custom_id: 'refund-1', note_to_payer: 'Sorry' };
  const { body: refund } = await paypal.call('POST', `${path}/refund`, part, representation);
  await paypal.call('POST', `${path}/refund`, part);
  await paypal.call('POST', `${path}/refund`, { amount: usd('50.00') });
  await paypal.call('POST', `${path}/refund`, { amount: usd('0.00') });
  await paypal.call('POST', `${path}/refund`, { amount: { value: '1.00' } });
  await paypal.call('POST', `${path}/refund`, {}, nobody);
  await paypal.call('POST', `${path}/refund`, {}, mock('PERMISSION_DENIED'));
  await paypal.call('POST', `${path}/refund`, {}, mock('PREVIOUS_REQUEST_IN_PROGRESS'));
  await paypal.call('POST', `/v2/payments/captures/${NOWHERE}/refund`, {});
  await paypal.call('GET', path);
  await paypal.call('GET', path, undefined, nobody);
  await paypal.call('GET', path, undefined, mock('PERMISSION_DENIED'));
  await paypal.call('GET', `/v2/payments/captures/${NOWHERE}`);
  const refunded = `/v2/payments/refunds/${String(refund['id'])}`;
  await paypal.call('GET', refunded);
  await paypal.call('GET', refunded, undefined, nobody);
  await paypal.call('GET', refunded, undefined, mock('PERMISSION_DENIED'));
  await paypal.call('GET', `/v2/payments/refunds/${NOWHERE}`);
  await paypal.call('POST', `${path}/refund`, {}, representation);
  await paypal.call('POST', `${path}/refund`, {});
}

async function vault(paypal: SimulatedPayPal): Promise<void> {
  const key = { 'paypal-request-id': 'setup' };
  const source = { description: 'Messenger', usage_type: 'MERCHANT', permit_multiple_payment_tokens: false };
  const body = { payment_source: { paypal: { ...source, experience_context: urls } } };
  const { body: setup } = await paypal.call('POST', '/v3/vault/setup-tokens', body, key);
  await paypal.call('POST', '/v3/vault/setup-tokens', body, key);
  await paypal.call('POST', '/v3/vault/setup-tokens', { payment_source: {} }, key);
  await paypal.call('POST', '/v3/vault/setup-tokens', body);
  await paypal.call('GET', `/v3/vault/setup-tokens/${String(setup['id'])}`);
  await paypal.call('GET', `/v3/vault/setup-tokens/${NOWHERE}`);
  const token = { payment_source: { token: { id: setup['id'], type: 'SETUP_TOKEN' } } };
  const tokenKey = { 'paypal-request-id': 'token' };
  await paypal.call('POST', '/v3/vault/payment-tokens', token, tokenKey);
  await paypal.form('/agreements/approve', { approval_session_id: String(setup['id']), email: LEE.email });
  await paypal.call('GET', `/v3/vault/setup-tokens/${String(setup['id'])}`);
  const { body: kept } = await paypal.call('POST', '/v3/vault/payment-tokens', token, tokenKey);
  await paypal.call('POST', '/v3/vault/payment-tokens', token, tokenKey);
  await paypal.call('POST', '/v3/vault/payment-tokens', {}, { 'paypal-request-id': 'token-2' });
  const unknown = { payment_source: { token: { id: NOWHERE, type: 'SETUP_TOKEN' } } };
  await paypal.call('POST', '/v3/vault/payment-tokens', unknown, { 'paypal-request-id': 'token-3' });
  const path = `/v3/vault/payment-tokens/${String(kept['id'])}`;
  await paypal.call(
    'GET',
    `/v3/vault/payment-tokens?customer_id=${String(kept['customer']?.['id'])}&total_required=true`,
  );
  await paypal.call('GET', '/v3/vault/payment-tokens');
  await paypal.call('GET', path);
  await paypal.call('DELETE', path);
  await paypal.call('DELETE', '/v3/vault/payment-tokens/never');
  await paypal.call('GET', path);
}

async function cards(paypal: SimulatedPayPal): Promise<void> {
  for (const card of ['visa-1111', 'visa-0002', 'amex-0005']) {
    const { body: setup } = await paypal.call(
      'POST',
      '/v3/vault/setup-tokens',
      { payment_source: { card: { experience_context: urls } } },
      { 'paypal-request-id': `setup-${card}` },
    );
    await paypal.form('/vault/card', { setup_token: String(setup['id']), card });
    await paypal.call('GET', `/v3/vault/setup-tokens/${String(setup['id'])}`);
    const token = { payment_source: { token: { id: setup['id'], type: 'SETUP_TOKEN' } } };
    const { body: kept } = await paypal.call('POST', '/v3/vault/payment-tokens', token, {
      'paypal-request-id': `token-${card}`,
    });
    const stored = { payment_initiator: 'MERCHANT', payment_type: 'UNSCHEDULED', usage: 'SUBSEQUENT' };
    const source = { card: { vault_id: String(kept['id']), stored_credential: stored } };
    await paypal.call(
      'POST',
      '/v2/checkout/orders',
      { ...unit('3.00'), payment_source: source },
      { prefer: 'return=representation', 'paypal-request-id': `charge-${card}` },
    );
  }
}

async function payouts(paypal: SimulatedPayPal): Promise<void> {
  const item = { sender_item_id: 'item-1', note: 'Thanks', recipient_wallet: 'PAYPAL' };
  const batch = await paypal.settled(await paypal.payOut(LEE.email, '1.00', { batch: 'batch-1', item }));
  await paypal.payOut(LEE.email, '1.00', { batch: 'batch-1' });
  await paypal.payOut('no address', '1.00');
  await paypal.payOut(LEE.email, '1.00', { item: { note: 'ERRPYO001' } });
  await paypal.payOut(LEE.email, '1.00', { item: { note: 'ERRPYO005' } });
  await paypal.payOut(LEE.email, '1.00', { item: { note: 'ERRPYO006' } });
  const unclaimed = await paypal.settled(await paypal.payOut('unknown@example.com', '1.00'));
  const ids = [batch, unclaimed].map((one: Body) => String(one['items']?.[0]?.['payout_item_id']));
  for (const id of ids) await paypal.call('GET', `/v1/payments/payouts-item/${id}`);
  for (const id of ids) await paypal.call('POST', `/v1/payments/payouts-item/${id}/cancel`);
  await paypal.call('GET', `/v1/payments/payouts-item/${NOWHERE}`);
  await paypal.call('POST', `/v1/payments/payouts-item/${NOWHERE}/cancel`);
  await paypal.call('GET', `/v1/payments/payouts/${NOWHERE}`);
  await paypal.call('GET', '/v1/payments/payouts/ERRPYOB002');
}

async function reporting(paypal: SimulatedPayPal): Promise<void> {
  await paypal.advance('PT4H');
  const path = (days: number) => {
    const at = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
    return `/v1/reporting/transactions?start_date=${at(-1)}&end_date=${at(days)}&fields=all`;
  };
  await paypal.call('GET', path(1));
  await paypal.call('GET', `${path(1)}&transaction_id=${NOWHERE}`);
  await paypal.call('GET', path(40));
  await paypal.call('GET', path(1), undefined, { authorization: 'Bearer nobody' });
}

async function webhooks(paypal: SimulatedPayPal): Promise<void> {
  const body = { url: 'https://example.com/hook', event_types: [{ name: 'PAYMENT.CAPTURE.COMPLETED' }] };
  const { body: hook } = await paypal.call('POST', '/v1/notifications/webhooks', body);
  await paypal.call('POST', '/v1/notifications/webhooks', { ...body, event_types: [{ name: 'NO.SUCH.EVENT' }] });
  const path = `/v1/notifications/webhooks/${String(hook['id'])}`;
  await paypal.call('GET', '/v1/notifications/webhooks');
  await paypal.call('GET', '/v1/notifications/webhooks-event-types');
  await paypal.call('GET', path);
  await paypal.call('GET', `${path}/event-types`);
  await paypal.call('PATCH', path, [{ op: 'replace', path: '/url', value: 'https://example.com/other' }]);
  await paypal.call('DELETE', path);
  await paypal.call('GET', path);
  await paypal.call('DELETE', path);
  const { body: list } = await paypal.call('GET', '/v1/notifications/webhooks-events?page_size=100');
  const event = `/v1/notifications/webhooks-events/${String(list['events']?.[0]?.['id'])}`;
  await paypal.call('GET', event);
  await paypal.call('POST', `${event}/resend`, {});
  await paypal.call('GET', `/v1/notifications/webhooks-events/${NOWHERE}`);
  await paypal.call('POST', `/v1/notifications/webhooks-events/${NOWHERE}/resend`, {});
  const heard = await paypal.hears('PAYMENT.CAPTURE.COMPLETED');
  await paypal.call('POST', '/v1/notifications/verify-webhook-signature', {
    auth_algo: heard.headers['paypal-auth-algo'],
    cert_url: heard.headers['paypal-cert-url'],
    transmission_id: heard.headers['paypal-transmission-id'],
    transmission_sig: heard.headers['paypal-transmission-sig'],
    transmission_time: heard.headers['paypal-transmission-time'],
    webhook_id: '1JE4291016473214C',
    webhook_event: heard.event,
  });
  await paypal.call('POST', '/v1/notifications/verify-webhook-signature', {});
}

/** Every kind of trouble on every family of operations. */
async function trouble(paypal: SimulatedPayPal, captureId: string): Promise<void> {
  const capture = `/v2/payments/captures/${captureId}`;
  const calls = [
    ['GET', capture],
    ['POST', `${capture}/refund`],
    ['GET', `/v2/checkout/orders/${NOWHERE}`],
    ['POST', `/v2/checkout/orders/${NOWHERE}/capture`],
    ['POST', '/v2/checkout/orders'],
    ['POST', '/v1/payments/payouts'],
    ['GET', '/v1/notifications/webhooks'],
  ] as const;
  const errors = [
    { status: 503 },
    { status: 500 },
    { error: { name: 'RATE_LIMIT_REACHED' } },
    { error: { name: 'RESOURCE_CONFLICT', issue: 'PREVIOUS_REQUEST_IN_PROGRESS' } },
  ];
  for (const [method, path] of calls) {
    for (const trouble of errors) {
      await paypal.fault({ on: { method, path }, do: trouble, times: 1 });
      await paypal.call(method, path, method === 'POST' ? unit('1.00') : undefined);
    }
  }
  await paypal.fault({ on: { path: '/vault/' }, do: { status: 500 }, times: 1 });
  await paypal.call('GET', '/v3/vault/payment-tokens?customer_id=1');
}

/** Every issue that the simulator can word, on the operation that words it. */
async function words(paypal: SimulatedPayPal): Promise<void> {
  // Seen at the sandbox on this operation, though the specification of 2024 knows it from Payments v2 only.
  const { DECIMALS_NOT_SUPPORTED: _newer, ...createOrder } = CREATE_ORDER_ISSUES;
  const tables = [
    ['POST', '/v2/checkout/orders', createOrder],
    ['GET', `/v2/checkout/orders/${NOWHERE}`, GET_ORDER_ISSUES],
    ['POST', `/v2/checkout/orders/${NOWHERE}/capture`, CAPTURE_ORDER_ISSUES],
    ['GET', `/v2/payments/captures/${NOWHERE}`, GET_PAYMENT_ISSUES],
    ['GET', `/v2/payments/refunds/${NOWHERE}`, GET_PAYMENT_ISSUES],
    ['POST', `/v2/payments/captures/${NOWHERE}/refund`, REFUND_ISSUES],
  ] as const;
  for (const [method, path, issues] of tables) {
    for (const issue of Object.keys(issues)) {
      await paypal.call(method, path, method === 'POST' ? {} : undefined, mock(issue));
    }
  }
}

const judged = existsSync(CHECK) ? test : test.skip;
if (!existsSync(CHECK))
  process.stderr.write(`\n*** ${CHECK} IS ABSENT: conformance to PayPal's specification is NOT CHECKED. ***\n\n`);

judged('every exchange conforms to PayPal’s own specification, field by field and word by word', async () => {
  const paypal = await SimulatedPayPal.start();
  const captureId = await orders(paypal);
  await words(paypal);
  await trouble(paypal, captureId);
  await payments(paypal, captureId);
  await vault(paypal);
  await cards(paypal);
  await payouts(paypal);
  await webhooks(paypal);
  await reporting(paypal);
  const { requests } = (await paypal.request('GET', '/_sim/requests')).body as unknown as { requests: unknown[] };
  await paypal.stop();

  const folder = await mkdtemp(join(tmpdir(), 'paypal-conformance-'));
  const file = join(folder, 'exchanges.jsonl');
  await writeFile(file, requests.map((exchange) => JSON.stringify(exchange)).join('\n'));
  const run = promisify(execFile)(process.execPath, [CHECK, file], { cwd: ROOT });
  const report = await run.then(
    ({ stdout }) => stdout,
    (failure: { stdout: string }) => failure.stdout,
  );
  await rm(folder, { recursive: true });
  expect(report).toMatch(/ 0 failed$/m);
  expect(Number(/(\d+) operation\/status pairs/.exec(report)?.[1])).toBeGreaterThanOrEqual(FEWEST_PAIRS);
});
