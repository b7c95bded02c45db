import type { SendSlots } from '../../src/domain/chat/dialogue';
import type { BegunPayment, DraftedPayment, DroppedDraft } from '../../src/domain/chat/results';
import { CARD_LIFE_MS, capsFor, isAllowedAmount } from '../../src/domain/money/limits';
import type { RolloutDecision } from '../../src/domain/rollout/decision';
import type { Contact, Store } from '../../src/store';
import type { Dependencies } from '../dependencies';
import { limitedPayer } from './limited';
import { contactsNamed, sameEmail } from './payees';

interface Payee {
  email: string;
  name: string;
  personKey?: string;
}

export interface DraftRequest {
  payerKey: string;
  paymentId: string;
  slots: SendSlots;
  /** The card that this one replaces. */
  replaces?: string;
  /** Workflow time in milliseconds since the epoch. */
  at: number;
}

/** From what a person wrote to a card that can be confirmed, and from the card to the payment. Nothing here moves money. */
export function createDrafts({ store, gateway }: Pick<Dependencies, 'store' | 'gateway'>): {
  draftPayment(request: DraftRequest): Promise<DraftedPayment>;
  dropDraft(request: { payerKey: string; paymentId: string; why: 'cancelled' | 'replaced' }): Promise<DroppedDraft>;
  beginPayment(request: {
    payerKey: string;
    paymentId: string;
    rollout: RolloutDecision;
    at: number;
  }): Promise<BegunPayment>;
} {
  return {
    async draftPayment({ payerKey, paymentId, slots, replaces, at }: DraftRequest): Promise<DraftedPayment> {
      const link = await store.links.active(payerKey);
      if (!link) return { kind: 'not-linked' };
      if (!slots.amount || !isAllowedAmount(slots.amount, link.country)) return { kind: 'amount-refused' };
      const payee = await findPayee(store, payerKey, slots);
      if (Array.isArray(payee)) {
        return payee.length === 0
          ? { kind: 'unknown-payee' }
          : { kind: 'which', contactIds: payee.map((c) => c.contactId) };
      }
      if (sameEmail(payee.email, link.email) || payee.personKey === payerKey) return { kind: 'self' };
      const caps = capsFor(limitedPayer(link), at);
      const room = await store.limits.room({ personKey: payerKey, at, caps });
      if (slots.amount.minor > room.minor) return { kind: 'over-limit', room };
      await store.payments.draft({
        paymentId,
        payerKey,
        payeeKey: payee.personKey,
        payeeEmail: payee.email,
        payeeName: payee.name,
        amount: slots.amount,
        note: slots.note,
        expiresAt: new Date(at + CARD_LIFE_MS),
      });
      if (replaces) await store.payments.move(replaces, ['draft'], 'replaced');
      return { kind: 'card', paymentId };
    },

    async dropDraft({ payerKey, paymentId, why }): Promise<DroppedDraft> {
      const payment = await store.payments.find(paymentId);
      if (payment?.payerKey !== payerKey) return 'void';
      if (await store.payments.move(paymentId, ['draft'], why)) return 'dropped';
      const { state } = (await store.payments.find(paymentId)) ?? payment;
      return state === 'cancelled' || state === 'replaced' ? 'void' : 'begun';
    },

    async beginPayment({ payerKey, paymentId, rollout, at }): Promise<BegunPayment> {
      const payment = await store.payments.find(paymentId);
      if (payment?.payerKey !== payerKey) return 'void';
      if (payment.state === 'draft' && at > payment.expiresAt.getTime()) {
        await store.payments.move(paymentId, ['draft'], 'cancelled', { reason: 'expired' });
        return 'void';
      }
      // Of two cards for one share only the first becomes a payment.
      if (payment.shareId && payment.state === 'draft') {
        const taken = await store.requests.moveShare(payment.shareId, ['asked'], 'paying', paymentId);
        if (!taken) return 'void';
      }
      // The row is moved first: once it says "started" no other card can take its place, and the start is repeatable.
      const begun = await store.payments.move(paymentId, ['draft'], 'started');
      if (!begun) return payment.state === 'cancelled' || payment.state === 'replaced' ? 'void' : 'existing';
      return gateway.startPayment({ paymentId, payerKey, amount: payment.amount, rollout });
    },
  };
}

/** The one payee that is meant, or the contacts it could be; none for a name that the payer has not paid before. */
async function findPayee(store: Store, payerKey: string, slots: SendSlots): Promise<Payee | Contact[]> {
  if (slots.contactId) {
    const chosen = await store.contacts.find(slots.contactId);
    return chosen?.ownerKey === payerKey ? chosen : [];
  }
  const wanted = slots.payee ?? '';
  if (wanted.includes('@')) {
    const linked = await store.links.byEmail(wanted);
    return linked
      ? { email: linked.email, name: linked.name, personKey: linked.personKey }
      : { email: wanted, name: wanted };
  }
  const named = contactsNamed(await store.contacts.of(payerKey), wanted);
  return named.length === 1 && named[0] ? named[0] : named;
}
