import { ProviderFailure } from '../../src/domain/outcomes';
import type { Wallet } from '../../src/domain/money/wallet';
import { eventually } from '../world/waiting';
import { centsOf, floatOf, openBench, whereabouts } from './bench';
import type { Bench } from './bench';

describe('A refund that PayPal refuses for good', () => {
  let bench: Bench;
  let wallet: Wallet;
  beforeAll(async () => {
    bench = await openBench((real) => {
      wallet = real;
      return { refund: () => Promise.reject(new ProviderFailure('final', 'refused', { providerCode: 'NO_REFUND' })) };
    });
  });
  afterAll(() => bench.close());

  test('is a case until an operator has given the money back at PayPal, and is booked with the proof', async () => {
    const { world } = bench;
    const payerBefore = await centsOf(bench, world.dana.email);
    const float = await floatOf(bench);
    const payee = 'nobody-yet@example.com';
    const paymentId = await bench.pays(payee, 400);
    await bench.stands(paymentId, 'unclaimed');
    await world.gateway.askPayment(paymentId, 'cancel', { by: 'payer' });
    await bench.stands(paymentId, 'needs-operator');
    await eventually('it is a case', async () => (await bench.openKinds(paymentId)).includes('unknown'));
    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 400 })).toBe('held with an owner');

    const captureId = (await world.store.payments.providerId(paymentId, 'charge', 'captureId')) ?? '';
    const amount = { minor: 400, currency: 'USD' } as const;
    const { refundId } = await wallet.refund({ captureId, key: `by-hand:${paymentId}`, amount });
    const proven = { operator: 'Olga', proven: 'refund-given-back', evidence: refundId } as const;
    await world.gateway.settlePayment(paymentId, proven);

    expect(await bench.ended(paymentId)).toEqual({ end: 'refunded' });
    expect(await world.store.payments.providerId(paymentId, 'refund', 'refundId')).toBe(refundId);
    expect(await bench.openKinds(paymentId)).toEqual([]);
    expect(await whereabouts(bench, paymentId, { payerBefore, payee, cents: 400 })).toBe('sender');
    expect(await floatOf(bench)).toBe(float);
  });
});
