import type { PaymentStart } from '../../src/domain/chat/results';
import { STEP_UP_LIFE_MS, stepUpReason } from '../../src/domain/money/step-up';
import type { RolloutDecision } from '../../src/domain/rollout/decision';
import { newId } from '../../src/identity';
import type { Payment } from '../../src/store';
import type { Dependencies } from '../dependencies';

export interface BeginRequest {
  payerKey: string;
  paymentId: string;
  rollout: RolloutDecision;
  /** Workflow time in milliseconds since the epoch. */
  at: number;
  /** The fresh login under which the payer approved the payment. */
  approvedBy?: string;
}

/**
 * From the card to the payment: on a tap where that is enough, else on the approval after a fresh login. Every reason
 * not to begin is judged here and at this moment, whatever the card said when it was made.
 */
export function createBeginning({ store, gateway }: Pick<Dependencies, 'store' | 'gateway'>): {
  beginPayment(request: BeginRequest): Promise<PaymentStart>;
} {
  return {
    async beginPayment(request: BeginRequest): Promise<PaymentStart> {
      const { payerKey, paymentId, rollout } = request;
      const payment = await store.payments.find(paymentId);
      if (payment?.payerKey !== payerKey) return 'void';
      const hindrance = payment.state === 'draft' ? await hindranceOf(payment, request) : undefined;
      if (hindrance) return hindrance;
      // Of two cards for one share only the first becomes a payment.
      if (payment.shareId && payment.state === 'draft') {
        const taken = await store.requests.moveShare(payment.shareId, ['asked'], 'paying', paymentId);
        if (!taken) return 'void';
      }
      // Nor does a share go back twice, however many cards were made for it.
      if (payment.sendsBack && payment.state === 'draft') {
        if (!(await store.requests.beginSendBack(payment.sendsBack, paymentId))) return 'void';
      }
      // The row is moved first: once it says "started" no other card can take its place.
      const begun = await store.payments.move(paymentId, ['draft'], 'started');
      const { state } = begun ? { state: 'started' } : ((await store.payments.find(paymentId)) ?? payment);
      // A worker that died after the move may not have started the run; by its id it runs once however often it is begun.
      if (state !== 'started') return state === 'cancelled' || state === 'replaced' ? 'void' : 'existing';
      return gateway.startPayment({ paymentId, payerKey, amount: payment.amount, rollout });
    },
  };

  /** Why a card may not become a payment now, if there is a reason. */
  async function hindranceOf(payment: Payment, request: BeginRequest): Promise<PaymentStart | undefined> {
    const { paymentId, payerKey, payeeKey, linkId } = payment;
    if (await store.safety.isFrozen(payerKey)) return 'frozen';
    const approved =
      request.approvedBy !== undefined && (await store.stepUps.isApproved(request.approvedBy, paymentId));
    // The page of a fresh login has a time limit of its own.
    if (!approved && request.at > payment.expiresAt.getTime()) return ended(paymentId, 'expired');
    const link = await store.links.active(payerKey);
    if (!link || link.linkId !== linkId) return ended(paymentId, 'unlinked');
    if (payeeKey && (await store.safety.hasBlocked(payeeKey, payerKey))) return 'payee-unavailable';
    return approved ? undefined : stepUpOf(payment, link.linkedAt, request);
  }

  async function stepUpOf(
    payment: Payment,
    linkedAt: Date,
    { rollout, at }: BeginRequest,
  ): Promise<PaymentStart | undefined> {
    const { paymentId, payerKey, payeeKey, payeeEmail, payeePhone, amount } = payment;
    const changedAt = await store.sources.changedAt(payerKey);
    const paidBefore = await store.contacts.hasPaid(payerKey, {
      personKey: payeeKey,
      email: payeeEmail,
      phone: payeePhone,
    });
    const sourceChangedAt = changedAt?.getTime();
    const reason = stepUpReason({ amount, paidBefore, linkedAt: linkedAt.getTime(), sourceChangedAt, at });
    if (!reason) return undefined;
    const stepUpId = newId();
    const expiresAt = new Date(at + STEP_UP_LIFE_MS);
    await store.stepUps.need({ stepUpId, personKey: payerKey, purpose: 'payment', paymentId, rollout, expiresAt });
    return { stepUpId, reason };
  }

  async function ended(paymentId: string, reason: 'expired' | 'unlinked'): Promise<'void'> {
    await store.payments.move(paymentId, ['draft'], 'cancelled', { reason });
    return 'void';
  }
}
