import type { PaymentStart } from '../../src/domain/chat/results';
import { STEP_UP_LIFE_MS, stepUpReason } from '../../src/domain/money/step-up';
import type { RolloutDecision } from '../../src/domain/rollout/decision';
import { newId } from '../../src/identity';
import type { Payment, PaymentState } from '../../src/store';
import type { Dependencies } from '../dependencies';

/** Where a card stands that never became a payment. */
const NEVER_BEGAN: ReadonlySet<PaymentState | 'share-taken'> = new Set(['cancelled', 'replaced', 'share-taken']);

/** Another payment has the share: what the transaction has done so far is undone. */
class ShareTaken extends Error {
  override readonly name = 'ShareTaken';
}

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
      const standing = payment.state === 'draft' ? await begun(payment) : payment.state;
      // A worker that died after the move may not have started the run; by its id it runs once however often it is begun.
      if (standing !== 'started') return NEVER_BEGAN.has(standing) ? 'void' : 'existing';
      return gateway.startPayment({ paymentId, payerKey, amount: payment.amount, rollout });
    },
  };

  /**
   * Moves the card on to a payment, and with it the share that it pays or sends back: both or neither, so that a card
   * which is cancelled in the same instant leaves its share as it was. Gives where the payment stands then. Its row comes
   * first: once it says "started" no other card can take its place.
   */
  function begun({ paymentId, shareId, sendsBack }: Payment): Promise<PaymentState | 'share-taken'> {
    return store
      .transaction(async (tx) => {
        if (!(await tx.payments.move(paymentId, ['draft'], 'started'))) {
          return (await tx.payments.find(paymentId))?.state ?? 'cancelled';
        }
        // Of two cards for one share only the first becomes a payment.
        if (shareId && !(await tx.requests.moveShare(shareId, ['asked'], 'paying', paymentId))) throw new ShareTaken();
        // Nor does a share go back twice, however many cards were made for it.
        if (sendsBack && !(await tx.requests.beginSendBack(sendsBack, paymentId))) throw new ShareTaken();
        return 'started' as const;
      })
      .catch((error: unknown) => {
        if (error instanceof ShareTaken) return 'share-taken';
        throw error;
      });
  }

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
