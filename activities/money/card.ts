import type { DraftedPayment } from '../../src/domain/chat/results';
import type { Money } from '../../src/domain/money/amounts';
import { CARD_LIFE_MS, capsFor, isAllowedAmount } from '../../src/domain/money/limits';
import type { Link, Store } from '../../src/store';
import { limitedPayer } from './limited';
import { sameEmail } from './payees';
import type { Payee } from './payees';

/** What a confirmation card is to show. */
export interface CardRequest {
  paymentId: string;
  payerKey: string;
  payee: Payee;
  amount: Money;
  note?: string;
  /** The share of a request that it pays. */
  shareId?: string;
  /** The paid share of a request that it sends back. */
  sendsBack?: string;
  /** A card of the payer's, or `wallet`; what pays by default where nothing is said. */
  source?: string;
  /** Workflow time in milliseconds since the epoch. */
  at: number;
}

/** Makes the card, or says why there can be none. Nothing moves before it is confirmed. */
export async function makeCard(store: Store, card: CardRequest): Promise<DraftedPayment> {
  const payable = await payableBy(store, card.payerKey, card.amount);
  return 'kind' in payable ? payable : cardFrom(store, payable.link, card);
}

/** The account that can pay this amount to somebody, or why the payer can pay it to nobody. */
export async function payableBy(
  store: Store,
  payerKey: string,
  amount: Money | undefined,
): Promise<
  { link: Link; amount: Money } | Extract<DraftedPayment, { kind: 'frozen' | 'not-linked' | 'amount-refused' }>
> {
  if (await store.safety.isFrozen(payerKey)) return { kind: 'frozen' };
  const link = await store.links.active(payerKey);
  if (!link) return { kind: 'not-linked' };
  return amount && isAllowedAmount(amount, link.country) ? { link, amount } : { kind: 'amount-refused' };
}

/** Writes down what a card of an account shows that can pay its amount, or says why this payee gets none. */
export async function cardFrom(store: Store, link: Link, card: CardRequest): Promise<DraftedPayment> {
  const { paymentId, payerKey, payee, amount, note, shareId, sendsBack, at } = card;
  if (sameEmail(payee.email ?? '', link.email) || payee.personKey === payerKey) return { kind: 'self' };
  if (payee.personKey && (await store.safety.hasBlocked(payee.personKey, payerKey)))
    return { kind: 'payee-unavailable' };
  const caps = capsFor(limitedPayer(link, await store.sources.changedAt(payerKey)), at);
  const room = await store.limits.room({ personKey: payerKey, at, caps });
  if (amount.minor > room.minor) return { kind: 'over-limit', room, shareId, sendsBack };
  await store.payments.draft({
    paymentId,
    payerKey,
    payeeKey: payee.personKey,
    payeeEmail: payee.email,
    payeePhone: payee.phone,
    payeeName: payee.name,
    amount,
    note,
    shareId,
    sendsBack,
    linkId: link.linkId,
    sourceId: await sourceOf(store, card),
    expiresAt: new Date(at + CARD_LIFE_MS),
  });
  return { kind: 'card', paymentId };
}

/** Whether a request has set what is paid, so that the payer can change only what pays. */
export function hasFixedAmount({ shareId, sendsBack }: Pick<CardRequest, 'shareId' | 'sendsBack'>): boolean {
  return shareId !== undefined || sendsBack !== undefined;
}

/** The card of the payer's that is to pay; nothing for the wallet. */
async function sourceOf(store: Store, { payerKey, source }: CardRequest): Promise<string | undefined> {
  if (source === 'wallet') return undefined;
  const chosen = source === undefined ? undefined : await store.sources.find(source);
  if (chosen?.personKey === payerKey && chosen.usable) return chosen.sourceId;
  return (await store.sources.defaultOf(payerKey))?.sourceId;
}
