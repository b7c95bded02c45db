import type { SendSlots } from '../../src/domain/chat/dialogue';
import type { DraftedPayment, DroppedDraft } from '../../src/domain/chat/results';
import { readPhone } from '../../src/domain/people/phone';
import type { Contact, Store } from '../../src/store';
import { maskedPhone } from '../../src/domain/people/masked';
import type { Dependencies } from '../dependencies';
import { cardFrom, hasFixedAmount, payableBy } from './card';
import { contactsMeant, isAddress } from './payees';
import type { Payee } from './payees';

export interface DraftRequest {
  payerKey: string;
  paymentId: string;
  slots: SendSlots;
  /** The card that is out: a new order makes it void, whatever becomes of that order. */
  replaces?: string;
  /** Workflow time in milliseconds since the epoch. */
  at: number;
}

/** From what a person wrote to a card that can be confirmed. Nothing here moves money. */
export function createDrafts({ store }: Pick<Dependencies, 'store'>): {
  draftPayment(request: DraftRequest): Promise<DraftedPayment>;
  dropDraft(request: { payerKey: string; paymentId: string; why: 'cancelled' | 'replaced' }): Promise<DroppedDraft>;
} {
  return {
    async draftPayment({ payerKey, paymentId, slots, replaces, at }: DraftRequest): Promise<DraftedPayment> {
      if (replaces) await store.payments.move(replaces, ['draft'], 'replaced');
      const payable = await payableBy(store, payerKey, slots.amount);
      if ('kind' in payable) return payable;
      const payee = await findPayee(store, payerKey, slots);
      if (Array.isArray(payee)) {
        return payee.length === 0
          ? { kind: 'unknown-payee' }
          : { kind: 'which', contactIds: payee.map((c) => c.contactId) };
      }
      const { link, amount } = payable;
      const { note, source } = slots;
      return cardFrom(store, link, { paymentId, payerKey, payee, amount, note, source, at });
    },

    async dropDraft({ payerKey, paymentId, why }): Promise<DroppedDraft> {
      const payment = await store.payments.find(paymentId);
      if (payment?.payerKey !== payerKey) return 'void';
      if (await store.payments.move(paymentId, ['draft'], why))
        return hasFixedAmount(payment) ? 'dropped-fixed-amount' : 'dropped';
      const { state } = (await store.payments.find(paymentId)) ?? payment;
      return state === 'cancelled' || state === 'replaced' ? 'void' : 'begun';
    },
  };
}

/** The payee of an earlier card. */
async function payeeLike(store: Store, payerKey: string, paymentId: string): Promise<Payee | Contact[]> {
  const payment = await store.payments.find(paymentId);
  if (payment?.payerKey !== payerKey) return [];
  const { payeeEmail: email, payeePhone: phone, payeeName: name = '', payeeKey: personKey } = payment;
  return { email, phone, name, personKey };
}

/** The one payee that is meant, or the contacts it could be; none for a name that the payer has not paid before. */
async function findPayee(store: Store, payerKey: string, slots: SendSlots): Promise<Payee | Contact[]> {
  if (slots.contactId) {
    const chosen = await store.contacts.find(slots.contactId);
    return chosen?.ownerKey === payerKey ? chosen : [];
  }
  if (slots.like) return payeeLike(store, payerKey, slots.like);
  const wanted = slots.payee ?? '';
  if (wanted.includes('@')) {
    if (!isAddress(wanted)) return [];
    const linked = await store.links.byEmail(wanted);
    return linked
      ? { email: linked.email, name: linked.name, personKey: linked.personKey }
      : { email: wanted, name: wanted };
  }
  const phone = readPhone(wanted);
  if (phone) return { phone, name: maskedPhone(phone) };
  const named = contactsMeant(await store.contacts.of(payerKey), wanted);
  return named.length === 1 && named[0] ? named[0] : named;
}
