import { capsFor } from '../../src/domain/money/limits';
import type { Charge } from '../../src/domain/money/wallet';
import { KEY_LIFE_MS, SEARCH_LAG_MS } from '../../src/domain/money/wallet';
import { ProviderFailure } from '../../src/domain/outcomes';
import type { Intent, Link, Payment, Store } from '../../src/store';
import type { Dependencies } from '../dependencies';
import { asApplicationFailure, notFound, unknownOutcome } from '../failures';
import { charged } from '../books/ledger';
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
      const begun = await store.transaction((tx) => begin(tx, payment, { ...step, key }));
      if (begun.state === 'refused') return { state: 'declined', reason: begun.reason };
      const { intent, again, link } = begun;
      if (intent.state === 'done') return { state: 'captured' };
      if (intent.state === 'declined') return { state: 'declined', reason: payment.reason ?? 'refused' };
      if (now() - intent.firstAttemptAt.getTime() > KEY_LIFE_MS.charge) {
        throw unknownOutcome('the provider has forgotten the key of the charge', { mayRepeat: false });
      }
      const source = await sourceOf(payment, link);
      if (!source) {
        // An earlier attempt may have used the token before it was taken away, so its absence proves nothing then.
        if (again) throw unknownOutcome('the consent ended between attempts', { mayRepeat: false });
        return decline(step, 'consent-revoked');
      }
      const changedAt = await store.sources.changedAt(payment.payerKey);
      const caps = link ? capsFor(limitedPayer(link, changedAt), step.at) : [];
      const { paymentId, amount, at } = step;
      const room = await store.limits.reserve({ paymentId, personKey: payment.payerKey, amount, at, caps });
      // A repetition finds its own room, so whoever finds none has never called.
      if (room.state === 'exceeded') return decline(step, 'over-limit');
      try {
        const charge = await wallet.charge({ paymentId: step.paymentId, key, amount: step.amount, ...source });
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

  /**
   * Writes the intent down, unless nothing may begin any more. Once it is written the charge goes through with what it
   * was meant to be taken from, even if the link ends meanwhile: nobody can tell whether an attempt was the one.
   */
  async function begin(tx: Store, payment: Payment, step: TimedStep & { key: string }): Promise<Begun> {
    const { paymentId, payerKey } = payment;
    const linkId = payment.linkId ?? (await tx.links.active(payerKey))?.linkId;
    const usable = linkId !== undefined && (await tx.links.isUsable(linkId));
    const steps = await tx.payments.stepsOf(paymentId);
    const again = steps.some((known) => known.step === 'charge' && known.epoch === step.epoch);
    if (!again && !usable) return { state: 'refused', reason: 'unlinked' };
    if (!again && (await tx.safety.isFrozen(payerKey))) return { state: 'refused', reason: 'frozen' };
    const intent = await tx.payments.intend({ ...step, step: 'charge', at: new Date(now()) });
    return { state: 'begun', intent, again, link: linkId === undefined ? undefined : await tx.links.find(linkId) };
  }

  /** The secret of what the card showed: the payer's card, or the wallet of the account that was linked then. */
  async function sourceOf(
    { sourceId }: Payment,
    link: Link | undefined,
  ): Promise<{ source?: 'card'; vaultToken: string } | undefined> {
    if (sourceId !== undefined) {
      const vaultToken = await store.sources.token(sourceId);
      return vaultToken === undefined ? undefined : { source: 'card', vaultToken };
    }
    const vaultToken = link && (await store.links.token(link.linkId));
    return vaultToken === undefined ? undefined : { vaultToken };
  }

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

/** A charge that may be asked for, or the reason why it may not begin. */
type Begun =
  { state: 'begun'; intent: Intent; again: boolean; link?: Link } | { state: 'refused'; reason: 'unlinked' | 'frozen' };
