import type { DraftedPayment } from '../../src/domain/chat/results';
import { CARD_LIFE_MS } from '../../src/domain/money/limits';
import { STEP_UP_LIFE_MS } from '../../src/domain/money/step-up';
import { newId } from '../../src/identity';
import type { Payment, Store } from '../../src/store';
import type { Dependencies } from '../dependencies';
import { cardAgain } from '../money/offer-again';
import { forgetCard } from './forget-card';
import type { AtOfPerson } from './freeze';

/** What pays: one of the person's cards by its id, or the wallet. */
export type Source = 'wallet' | (string & {});

/** What came of taking a card off: it is gone; a payment needs it still; or it is not the person's. */
type RemovedCard = 'removed' | 'paying' | 'void' | 'frozen';

/** Choosing what pays, for one payment or by default, and what no longer may. */
export function createSources({ store, wallet }: Pick<Dependencies, 'store' | 'wallet'>): {
  changeSource(request: {
    payerKey: string;
    /** The card that is changed, and the id of the one that takes its place. */
    paymentId: string;
    newPaymentId: string;
    source: Source;
    at: number;
  }): Promise<DraftedPayment>;
  makeDefault(request: { personKey: string; source: Source }): Promise<'changed' | 'unchanged' | 'frozen'>;
  needCard(request: AtOfPerson): Promise<{ stepUpId: string } | 'frozen' | 'not-linked'>;
  removeCard(request: { personKey: string; source: string }): Promise<RemovedCard>;
} {
  return {
    async changeSource({ payerKey, paymentId, newPaymentId, source, at }): Promise<DraftedPayment> {
      const payment = await store.payments.find(paymentId);
      if (payment?.payerKey !== payerKey || !mayBeChanged(payment, at)) return { kind: 'void' };
      return replaceCard(store, payment, { newPaymentId, source, at });
    },

    async makeDefault({ personKey, source }) {
      if (await store.safety.isFrozen(personKey)) return 'frozen';
      const changed = await store.sources.makeDefault(personKey, source === 'wallet' ? undefined : source);
      return changed ? 'changed' : 'unchanged';
    },

    async needCard({ personKey, at }) {
      if (await store.safety.isFrozen(personKey)) return 'frozen';
      if (!(await store.links.active(personKey))) return 'not-linked';
      const stepUpId = newId();
      const expiresAt = new Date(at + STEP_UP_LIFE_MS);
      await store.stepUps.need({ stepUpId, personKey, purpose: 'add-card', expiresAt });
      return { stepUpId };
    },

    async removeCard({ personKey, source }) {
      if (await store.safety.isFrozen(personKey)) return 'frozen';
      const card = await store.sources.find(source);
      if (card?.personKey !== personKey) return 'void';
      if (await store.sources.isPaying(personKey, source)) return 'paying';
      await forgetCard({ store, wallet }, source);
      return 'removed';
    },
  };
}

/** The card that the person has just been busy with, if there is one: what is added now is meant to pay it. */
export async function cardBeingMade(store: Store, payerKey: string, at: number): Promise<Payment | undefined> {
  const [latest] = await store.payments.ofPayer(payerKey, 1);
  return latest && mayBeChanged(latest, at) ? latest : undefined;
}

/** Puts a card with another source in the place of this one, which is void from then on. */
export async function replaceCard(
  store: Store,
  payment: Payment,
  { newPaymentId, source, at }: { newPaymentId: string; source: Source; at: number },
): Promise<DraftedPayment> {
  const card = await cardAgain(store, payment, { paymentId: newPaymentId, source, at });
  if (card.kind === 'card') await store.payments.move(payment.paymentId, ['draft'], 'replaced');
  return card;
}

/** A card that waits, or was just put aside to be changed. */
function mayBeChanged({ state, expiresAt }: Payment, at: number): boolean {
  return (state === 'draft' || state === 'replaced') && at < expiresAt.getTime() + CARD_LIFE_MS;
}
