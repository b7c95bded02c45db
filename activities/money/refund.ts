import { KEY_LIFE_MS } from '../../src/domain/money/wallet';
import { ProviderFailure } from '../../src/domain/outcomes';
import type { Dependencies } from '../dependencies';
import { asApplicationFailure, notFound, unknownOutcome } from '../failures';
import { refunded } from '../books/ledger';
import type { MoneyStep } from './results';

/** Gives a charge back to the payer, once per payment and epoch however often it is tried. */
export function createRefund({ store, wallet, now = Date.now }: Pick<Dependencies, 'store' | 'wallet' | 'now'>): {
  refund(step: MoneyStep): Promise<void>;
  recordRefund(step: MoneyStep & { refundId: string }): Promise<void>;
} {
  return {
    async refund(step: MoneyStep): Promise<void> {
      const { paymentId, epoch } = step;
      const captureId = await store.payments.providerId(paymentId, 'charge', 'captureId');
      if (!captureId) throw notFound('the charge to give back');
      const key = `${paymentId}:refund:${epoch}`;
      const intent = await store.payments.intend({ ...step, step: 'refund', key, at: new Date(now()) });
      if (intent.state === 'done') return;
      if (now() - intent.firstAttemptAt.getTime() > KEY_LIFE_MS.refund) {
        throw unknownOutcome('the provider has forgotten the key of the refund', { mayRepeat: false });
      }
      await store.payments.move(
        paymentId,
        ['charged', 'held', 'paid-out', 'unclaimed', 'paid', 'needs-operator'],
        'refunding',
      );
      await record(step, await giveBack(captureId, key, step));
    },

    /** An operator gave the amount back by hand. */
    async recordRefund({ refundId, ...step }): Promise<void> {
      await store.payments.intend({ ...step, step: 'refund', key: `${step.paymentId}:refund:${step.epoch}` });
      await record(step, refundId);
    },
  };

  async function record({ paymentId, epoch, amount }: MoneyStep, refundId: string): Promise<void> {
    await store.transaction(async (tx) => {
      await tx.payments.stepDone({ paymentId, step: 'refund', epoch, providerIds: { refundId } });
      await tx.ledger.record({ paymentId, step: 'refund', epoch, entries: refunded(amount) });
    });
  }

  async function giveBack(captureId: string, key: string, { amount }: MoneyStep): Promise<string> {
    try {
      const made = await wallet.refund({ captureId, key, amount });
      if (made.state !== 'failed') return made.refundId;
      throw new ProviderFailure('wait-long', 'refused', { providerCode: 'REFUND_FAILED' });
    } catch (error) {
      const doneBefore = error instanceof ProviderFailure && error.outcome === 'already-done';
      if (doneBefore) return error.detail.existing ?? captureId;
      throw asApplicationFailure(error);
    }
  }
}
