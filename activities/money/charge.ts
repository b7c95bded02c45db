import { activityInfo } from '@temporalio/activity';
import { capsFor } from '../../src/domain/money/limits';
import type { Charge } from '../../src/domain/money/wallet';
import { KEY_LIFE_MS, SEARCH_LAG_MS } from '../../src/domain/money/wallet';
import { ProviderFailure } from '../../src/domain/outcomes';
import type { Dependencies } from '../dependencies';
import { asApplicationFailure, notFound, unknownOutcome } from '../failures';
import { charged } from './ledger';
import { limitedPayer } from './limited';
import type { ChargeResult, MoneyStep, TimedStep } from './results';

/**
 * Takes the amount from the payer, once per payment and epoch however often it is tried: the intent is written down and
 * the room under the payer's limits is taken before the call, the call carries its key, and the outcome and the ledger
 * are written in one transaction.
 */
export function createCharge({ store, wallet, now = Date.now }: Pick<Dependencies, 'store' | 'wallet' | 'now'>): {
  charge(step: TimedStep): Promise<ChargeResult>;
  findCharge(step: MoneyStep): Promise<ChargeResult>;
  confirmCharge(step: MoneyStep & { captureId: string }): Promise<ChargeResult>;
} {
  return {
    async charge(step: TimedStep): Promise<ChargeResult> {
      const payment = await store.payments.find(step.paymentId);
      if (!payment) throw notFound('the payment');
      const key = `${step.paymentId}:charge:${step.epoch}`;
      const intent = await store.payments.intend({ ...step, step: 'charge', key, at: new Date(now()) });
      if (intent.state === 'done') return { state: 'captured' };
      if (intent.state === 'declined') return { state: 'declined', reason: payment.reason ?? 'refused' };
      if (now() - intent.firstAttemptAt.getTime() > KEY_LIFE_MS.charge) {
        throw unknownOutcome('the provider has forgotten the key of the charge', { mayRepeat: false });
      }
      const vaultToken = await store.links.vaultToken(payment.payerKey);
      if (!vaultToken) {
        // An earlier attempt may have used the token before it was taken away, so its absence proves nothing then.
        if (activityInfo().attempt > 1)
          throw unknownOutcome('the consent ended between attempts', { mayRepeat: false });
        return decline(step, 'consent-revoked');
      }
      const link = await store.links.active(payment.payerKey);
      const caps = link ? capsFor(limitedPayer(link), step.at) : [];
      const { paymentId, amount, at } = step;
      const room = await store.limits.reserve({ paymentId, personKey: payment.payerKey, amount, at, caps });
      // A repetition finds its own room, so whoever finds none has never called.
      if (room.state === 'exceeded') return decline(step, 'over-limit');
      try {
        const charge = await wallet.charge({ paymentId: step.paymentId, key, amount: step.amount, vaultToken });
        return await settle(step, charge);
      } catch (error) {
        if (isRefusal(error)) return decline(step, error.reason);
        throw asApplicationFailure(error);
      }
    },

    async findCharge(step: MoneyStep): Promise<ChargeResult> {
      const key = `${step.paymentId}:charge:${step.epoch}`;
      const intent = await store.payments.intend({ ...step, step: 'charge', key, at: new Date(now()) });
      const found = await wallet.findCharge(step.paymentId, intent.firstAttemptAt).catch((error: unknown) => {
        throw asApplicationFailure(error);
      });
      if (found) return settle(step, found);
      const provenAt = intent.firstAttemptAt.getTime() + KEY_LIFE_MS.charge + SEARCH_LAG_MS;
      if (now() > provenAt) return decline(step, 'timed-out');
      throw unknownOutcome('the provider does not show the charge yet', { mayRepeat: true });
    },

    /** Reads the charge that the provider, or an operator, has named: only what is read there counts. */
    async confirmCharge({ captureId, ...step }): Promise<ChargeResult> {
      const charge = await wallet.readCharge(captureId).catch((error: unknown) => {
        throw asApplicationFailure(error);
      });
      if (charge.paymentId !== step.paymentId) throw notFound('this capture among those of the payment');
      return settle(step, charge);
    },
  };

  async function settle(step: MoneyStep, charge: Charge): Promise<ChargeResult> {
    if (charge.state === 'declined') return decline(step, 'instrument-declined');
    if (charge.state === 'pending') {
      throw asApplicationFailure(new ProviderFailure('wait-long', 'in-progress', { providerCode: 'CAPTURE_PENDING' }));
    }
    const { paymentId, epoch } = step;
    await store.transaction(async (tx) => {
      const providerIds = { orderId: charge.orderId, captureId: charge.captureId };
      await tx.payments.stepDone({ paymentId, step: 'charge', epoch, providerIds });
      await tx.ledger.record({ paymentId, step: 'charge', epoch, entries: charged(charge) });
      await tx.payments.move(paymentId, ['started', 'held', 'needs-operator'], 'charged');
    });
    return { state: 'captured' };
  }

  async function decline(step: MoneyStep, reason: string): Promise<ChargeResult> {
    const { paymentId, epoch } = step;
    await store.payments.stepFailed({ paymentId, step: 'charge', epoch, state: 'declined' });
    return { state: 'declined', reason };
  }
}

/** Certainly not taken, and never will be under this key. */
function isRefusal(error: unknown): error is ProviderFailure {
  return error instanceof ProviderFailure && (error.outcome === 'needs-person' || error.outcome === 'final');
}
