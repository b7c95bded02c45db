import type { MoneyRequest, Payment, Person, Store } from '../../src/store';
import type { PaymentWords, RequestWords, SourceWords } from '../../src/texts';
import { maskedEmail, maskedPhone } from '../../src/domain/people/masked';
import { hasFixedAmount } from '../money/card';

/** A payment in the words of one of its two people. */
export async function paymentWords(store: Store, payment: Payment, person: Person): Promise<PaymentWords> {
  const payeeName = payment.payeeName ?? 'them';
  return {
    paymentId: payment.paymentId,
    amount: payment.amount,
    payerFirstName: await firstNameOf(store, payment.payerKey, person),
    payeeName,
    payeeFirstName: firstWord(payeeName),
    payeeMaskedAddress: payment.payeePhone ? maskedPhone(payment.payeePhone) : maskedEmail(payment.payeeEmail ?? ''),
    firstTime: payment.state === 'draft' && !(await knows(store, payment)),
    fixedAmount: hasFixedAmount(payment),
    note: payment.note,
    state: payment.state,
    reason: payment.reason,
    at: (payment.startedAt ?? payment.createdAt).getTime(),
    mine: payment.payerKey === person.personKey,
  };
}

/**
 * Whether the person may be told of a payment: the payer once it has begun, and the payee of what has reached them. A
 * card that was never confirmed, or a charge that was declined, is no business of the payee's.
 */
export function mayBeTold({ payerKey, startedAt, state }: Payment, personKey: string): boolean {
  if (payerKey === personKey) return startedAt !== undefined;
  return REACHED_PAYEE.has(state);
}

const REACHED_PAYEE: ReadonlySet<Payment['state']> = new Set(['unclaimed', 'paid', 'reversed']);

/** The card or the account that a payment is for, and whether it is what pays by default. */
export async function paidWithWords(store: Store, { payerKey, sourceId, linkId }: Payment): Promise<SourceWords> {
  const byDefault = (await store.sources.defaultOf(payerKey))?.sourceId === sourceId;
  const card = sourceId === undefined ? undefined : await store.sources.find(sourceId);
  if (card) return { source: card.sourceId, label: card.label, byDefault };
  const link = linkId === undefined ? await store.links.active(payerKey) : await store.links.find(linkId);
  return { source: 'wallet', label: `PayPal ${maskedEmail(link?.email ?? '')}`.trim(), byDefault };
}

/** What the person can pay with, the wallet first. */
export async function sourcesWords(store: Store, personKey: string): Promise<SourceWords[]> {
  const chosen = (await store.sources.defaultOf(personKey))?.sourceId;
  const cards = await store.sources.of(personKey);
  return [
    { source: 'wallet', label: 'PayPal', byDefault: chosen === undefined },
    ...cards.map(({ sourceId, label }) => ({ source: sourceId, label, byDefault: sourceId === chosen })),
  ];
}

/** Whether an earlier payment of the same payer has arrived at the payee. */
function knows(store: Store, { payerKey, payeeKey, payeeEmail, payeePhone }: Payment): Promise<boolean> {
  return store.contacts.hasPaid(payerKey, { personKey: payeeKey, email: payeeEmail, phone: payeePhone });
}

/** A request for money in the words of one of its people. */
export async function requestWords(store: Store, request: MoneyRequest, person: Person): Promise<RequestWords> {
  const { requestId, requesterKey, note, own, shares, state } = request;
  const minor = shares.reduce((sum, share) => sum + share.amount.minor, 0);
  return {
    requestId,
    requesterFirstName: await firstNameOf(store, requesterKey, person),
    note,
    own,
    asked: { minor, currency: own.currency },
    shares: await Promise.all(
      shares.map(async ({ shareId, payerKey, amount, state: standing }) => ({
        shareId,
        payerFirstName: await firstNameOf(store, payerKey, person),
        amount,
        state: standing,
      })),
    ),
    open: state === 'draft' || state === 'open',
  };
}

/** How a person is called by those who know them: by the channel's name, or that of their wallet. */
async function firstNameOf(store: Store, personKey: string, told: Person): Promise<string> {
  const person = personKey === told.personKey ? told : await store.people.find(personKey);
  return person?.firstName ?? firstWord((await store.links.active(personKey))?.name ?? 'Somebody');
}

function firstWord(name: string): string {
  return name.split(' ')[0] ?? name;
}
