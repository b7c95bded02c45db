import { randomUUID } from 'node:crypto';
import { failureOf } from '../recording-server';
import { eventually, startWorld } from './simulated-paypal';
import type { World } from './simulated-paypal';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.control('DELETE', 'faults');
});
afterAll(() => world.close());

const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;

/** A charge of 20 dollars from a fresh wallet, not sent yet. */
async function chargeOf(account: Record<string, unknown> = {}) {
  const payer = await world.account(account);
  const { token } = await world.vaulted(payer.email);
  const paymentId = randomUUID();
  return { payer, request: { paymentId, key: `${paymentId}:charge:0`, amount: usd(2_000), vaultToken: token } };
}

function payoutTo(receiver: Parameters<World['paypal']['payOut']>[0]['receiver'], minor = 1_000) {
  const paymentId = randomUUID();
  return { paymentId, key: paymentId, amount: usd(minor), receiver };
}

const settled = (batchId: string) =>
  eventually(`the end of ${batchId}`, async () => {
    const payout = await world.paypal.findPayout(batchId);
    return payout.state === 'pending' ? undefined : payout;
  });

describe('a charge', () => {
  it('takes the money, tells the fee, and is heard of by webhook', async () => {
    const { payer, request } = await chargeOf();
    const charge = await world.paypal.charge(request);
    expect(charge).toMatchObject({ state: 'completed', gross: usd(2_000), fee: usd(109) });
    expect(await world.balance(payer.email)).toBe('80.00');
    const heard = await world.event('charge', ({ paymentId }) => paymentId === request.paymentId);
    expect(heard).toMatchObject({ captureId: charge.captureId, state: 'completed' });
  });

  it('under the same key is the same charge', async () => {
    const { payer, request } = await chargeOf();
    const first = await world.paypal.charge(request);
    expect(await world.paypal.charge(request)).toEqual(first);
    expect(await world.balance(payer.email)).toBe('80.00');
  });

  it('whose answer was lost is in doubt, and found again under its key', async () => {
    const { payer, request } = await chargeOf();
    await world.fault({ on: { method: 'POST', path: '/v2/checkout/orders' }, do: { dropResponse: true }, times: 1 });
    expect(await failureOf(world.paypal.charge(request))).toMatchObject({ outcome: 'unknown' });
    expect(await world.paypal.charge(request)).toMatchObject({ state: 'completed' });
    expect(await world.balance(payer.email)).toBe('80.00');
  });

  it('that the payer cannot fund needs the payer', async () => {
    const { request } = await chargeOf({ balances: { USD: '5.00' } });
    expect(await failureOf(world.paypal.charge(request))).toMatchObject({
      outcome: 'needs-person',
      reason: 'instrument-declined',
      detail: { providerCode: 'UNPROCESSABLE_ENTITY/INSTRUMENT_DECLINED' },
    });
  });

  it('of a wallet whose owner took back the consent asks to link again', async () => {
    const { payer, request } = await chargeOf();
    await world.control('POST', `accounts/${payer.email}/revoke`, { what: 'wallet' });
    expect(await failureOf(world.paypal.charge(request))).toMatchObject({
      outcome: 'needs-person',
      reason: 'consent-revoked',
    });
    const heard = await world.event('consent-revoked', ({ token }) => token === request.vaultToken);
    expect(heard).toMatchObject({ payerId: payer.payerId });
  });

  it('of a restricted account is refused for good', async () => {
    const { payer, request } = await chargeOf();
    await world.control('PATCH', `accounts/${payer.email}`, { state: 'restricted' });
    expect(await failureOf(world.paypal.charge(request))).toMatchObject({
      outcome: 'final',
      reason: 'account-restricted',
    });
  });

  it('under review is pending, and its end is heard of', async () => {
    const { payer, request } = await chargeOf();
    await world.control('PATCH', `accounts/${payer.email}`, { reviewed: true });
    const charge = await world.paypal.charge(request);
    expect(charge).toMatchObject({ state: 'pending', fee: usd(0) });
    await world.control('POST', `captures/${charge.captureId}`, { status: 'DECLINED' });
    const heard = await world.event(
      'charge',
      ({ captureId, state }) => captureId === charge.captureId && state === 'declined',
    );
    expect(heard).toMatchObject({ paymentId: request.paymentId });
  });

  it('whose key is forgotten is in doubt until the reports show it, and never a second charge', async () => {
    const { payer, request } = await chargeOf();
    const charge = await world.paypal.charge(request);
    const since = new Date(Date.now() - 60_000);
    await world.control('POST', 'faults', {
      on: { path: '/v1/reporting/transactions' },
      do: { status: 503 },
      times: 1,
    });
    const again = { ...request, key: `${request.paymentId}:charge:1` };
    expect(await failureOf(world.paypal.charge(again))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
    expect(await failureOf(world.paypal.charge(again))).toMatchObject({ outcome: 'unknown', reason: 'duplicate' });
    expect(await world.paypal.findCharge(request.paymentId, since)).toBeUndefined();
    await world.advance('PT4H');
    expect(await world.paypal.findCharge(request.paymentId, since)).toEqual(charge);
    expect(await world.paypal.charge(again)).toEqual(charge);
    expect(await world.balance(payer.email)).toBe('80.00');
  });

  it.each([500, 503])('answered with %i is in doubt', async (status) => {
    const { request } = await chargeOf();
    await world.fault({ on: { path: '/v2/checkout/orders' }, do: { status }, times: 1 });
    expect(await failureOf(world.paypal.charge(request))).toMatchObject({ outcome: 'unknown' });
  });

  it('that PayPal has no time for is certainly not made', async () => {
    const { request } = await chargeOf();
    await world.fault({
      on: { path: '/v2/checkout/orders' },
      do: { error: { name: 'RATE_LIMIT_REACHED' }, status: 429 },
      times: 1,
    });
    expect(await failureOf(world.paypal.charge(request))).toMatchObject({ outcome: 'retry', reason: 'rate-limited' });
  });
});

describe('a refund', () => {
  it('gives the money back once, under its key, and is heard of', async () => {
    const { payer, request } = await chargeOf();
    const { captureId } = await world.paypal.charge(request);
    const refund = { captureId, key: `${request.paymentId}:refund:0`, amount: request.amount };
    const first = await world.paypal.refund(refund);
    expect(first.state).toBe('completed');
    expect(await world.paypal.refund(refund)).toEqual(first);
    expect(await world.balance(payer.email)).toBe('100.00');
    const heard = await world.event('charge-returned', (event) => event.captureId === captureId);
    expect(heard).toMatchObject({ by: 'refund', amount: request.amount });
  });

  it('under another key finds that nothing is left to give back', async () => {
    const { payer, request } = await chargeOf();
    const { captureId } = await world.paypal.charge(request);
    const refund = { captureId, key: `${request.paymentId}:refund:0`, amount: request.amount };
    await world.paypal.refund(refund);
    const second = await failureOf(world.paypal.refund({ ...refund, key: `${request.paymentId}:refund:1` }));
    expect(second).toMatchObject({ outcome: 'already-done', reason: 'duplicate' });
    expect(await world.balance(payer.email)).toBe('100.00');
  });

  it('makes the charge one that nothing is paid out on any more', async () => {
    const { request } = await chargeOf();
    const { captureId } = await world.paypal.charge(request);
    await world.paypal.refund({ captureId, key: randomUUID(), amount: usd(500) });
    expect(await failureOf(world.paypal.charge(request))).toMatchObject({ outcome: 'unknown' });
  });

  it('of a capture that never was is refused for good', async () => {
    const unknown = { captureId: '2GG279541U471931P', key: randomUUID(), amount: usd(100) };
    expect(await failureOf(world.paypal.refund(unknown))).toMatchObject({ outcome: 'final', reason: 'not-found' });
  });
});

describe('a payout', () => {
  it('to a linked payee arrives, with its fee, and is heard of', async () => {
    const payee = await world.account();
    const request = payoutTo({ kind: 'account', payerId: payee.payerId });
    const begun = await world.paypal.payOut(request);
    expect(begun).toMatchObject({ state: 'pending', amount: usd(1_000) });
    expect(await settled(begun.batchId)).toMatchObject({ state: 'paid', fee: usd(25) });
    expect(await world.balance(payee.email)).toBe('110.00');
    const heard = await world.event('payout', ({ paymentId }) => paymentId === request.paymentId);
    expect(heard.payout).toMatchObject({ batchId: begun.batchId, state: 'paid', amount: usd(1_000) });
  });

  it('that is sent again is the same payout', async () => {
    const payee = await world.account();
    const request = payoutTo({ kind: 'email', email: payee.email });
    const begun = await world.paypal.payOut(request);
    await settled(begun.batchId);
    expect(await world.paypal.payOut(request)).toMatchObject({ batchId: begun.batchId, state: 'paid' });
    expect(await world.balance(payee.email)).toBe('110.00');
  });

  it('whose answer was lost is found by sending it again', async () => {
    const payee = await world.account();
    const request = payoutTo({ kind: 'email', email: payee.email });
    await world.fault({ on: { method: 'POST', path: '/v1/payments/payouts' }, do: { dropResponse: true }, times: 1 });
    expect(await failureOf(world.paypal.payOut(request))).toMatchObject({ outcome: 'unknown' });
    const found = await world.paypal.payOut(request);
    await settled(found.batchId);
    expect(await world.balance(payee.email)).toBe('110.00');
  });

  it('to somebody without an account waits to be claimed, and can be taken back once', async () => {
    const begun = await world.paypal.payOut(payoutTo({ kind: 'email', email: `${randomUUID()}@example.com` }));
    const waiting = await settled(begun.batchId);
    expect(waiting).toMatchObject({ state: 'unclaimed', providerCode: 'RECEIVER_UNREGISTERED' });
    const itemId = waiting.itemId ?? '';
    expect(await world.paypal.cancelPayout(itemId)).toMatchObject({ state: 'returned', batchId: begun.batchId });
    expect(await failureOf(world.paypal.cancelPayout(itemId))).toMatchObject({ outcome: 'already-done' });
  });

  it('to somebody without an account is paid when they open one, and cannot be taken back then', async () => {
    const email = `${randomUUID()}@example.com`;
    const begun = await world.paypal.payOut(payoutTo({ kind: 'email', email }));
    await settled(begun.batchId);
    await world.account({ email });
    const paid = await eventually('the claim', async () => {
      const payout = await world.paypal.findPayout(begun.batchId);
      return payout.state === 'paid' ? payout : undefined;
    });
    expect(await world.balance(email)).toBe('110.00');
    expect(await failureOf(world.paypal.cancelPayout(paid.itemId ?? ''))).toMatchObject({ outcome: 'final' });
  });

  it('that nobody claims for thirty days comes back, and is heard of', async () => {
    const request = payoutTo({ kind: 'email', email: `${randomUUID()}@example.com` });
    const begun = await world.paypal.payOut(request);
    await settled(begun.batchId);
    await world.advance('P31D');
    const back = await world.event(
      'payout',
      ({ paymentId, payout }) => paymentId === request.paymentId && payout.state === 'returned',
    );
    expect(back.payout.batchId).toBe(begun.batchId);
    expect(await world.paypal.findPayout(begun.batchId)).toMatchObject({ state: 'returned' });
  });

  it('to a restricted account fails, for a reason', async () => {
    const payee = await world.account({ state: 'restricted' });
    const begun = await world.paypal.payOut(payoutTo({ kind: 'account', payerId: payee.payerId }));
    expect(await settled(begun.batchId)).toMatchObject({ state: 'failed', providerCode: 'RECEIVER_ACCOUNT_LOCKED' });
  });

  it('to an account that never was is denied, and its id is free again', async () => {
    const request = payoutTo({ kind: 'account', payerId: 'ABCDEFGHJKLMN' });
    const begun = await world.paypal.payOut(request);
    expect(await settled(begun.batchId)).toMatchObject({ state: 'failed', providerCode: 'RECEIVER_ACCOUNT_INVALID' });
    const second = await world.paypal.payOut(request);
    expect(second.batchId).not.toBe(begun.batchId);
  });

  it('beyond the float waits for an operator', async () => {
    const payee = await world.account();
    const request = payoutTo({ kind: 'email', email: payee.email }, 9_999_999_900);
    expect(await failureOf(world.paypal.payOut(request))).toMatchObject({
      outcome: 'wait-long',
      reason: 'insufficient-funds',
    });
  });

  it('to an address that is none is refused for good', async () => {
    const request = payoutTo({ kind: 'account', payerId: 'short' });
    expect(await failureOf(world.paypal.payOut(request))).toMatchObject({ outcome: 'final' });
  });

  it('that the payee sends back is heard of', async () => {
    const payee = await world.account();
    const request = payoutTo({ kind: 'email', email: payee.email });
    const { batchId } = await world.paypal.payOut(request);
    const { itemId } = await settled(batchId);
    await world.control('POST', `payout-items/${itemId}`, { status: 'REFUNDED' });
    await world.event('payout', (event) => event.paymentId === request.paymentId && event.payout.state === 'reversed');
  });

  it('that never was is not found', async () => {
    expect(await failureOf(world.paypal.findPayout('NOSUCHBATCH11'))).toMatchObject({
      outcome: 'final',
      reason: 'not-found',
    });
  });
});

it('Money that PayPal takes back, and disputes, are heard of', async () => {
  const { request } = await chargeOf();
  const { captureId } = await world.paypal.charge(request);
  const { disputeId } = await world.control<{ disputeId: string }>('POST', 'disputes', { captureId });
  const opened = await world.event('dispute', (event) => event.disputeId === disputeId);
  expect(opened).toMatchObject({ captureIds: [captureId], state: 'opened' });
  await world.control('POST', `disputes/${disputeId}`, { outcome: 'RESOLVED_SELLER_FAVOUR' });
  await world.event('dispute', (event) => event.disputeId === disputeId && event.state === 'resolved');
  await world.control('POST', 'reversals', { captureId });
  await world.event('charge-returned', (event) => event.captureId === captureId && event.by === 'reversal');
});

it('Everything said about money conforms to the published specification', async () => {
  expect(await world.conformance()).toMatch(/^\d+ exchanges[^\n]*\n\d+ passed, 0 failed\n$/m);
});
