import type { MoneyRequest, Payment, Store } from '../../src/store';
import type { PaymentWords, RequestWords } from '../../src/texts';
import { maskedEmail, maskedPhone } from '../../src/texts';

/** A payment in the words of one of its two people. */
export async function paymentWords(store: Store, payment: Payment, personKey: string): Promise<PaymentWords> {
  const payer = await store.links.active(payment.payerKey);
  const payeeName = payment.payeeName ?? 'them';
  return {
    paymentId: payment.paymentId,
    amount: payment.amount,
    payerFirstName: await firstNameOf(store, payment.payerKey),
    payeeName,
    payeeFirstName: firstWord(payeeName),
    payeeMaskedAddress: payment.payeePhone ? maskedPhone(payment.payeePhone) : maskedEmail(payment.payeeEmail ?? ''),
    firstTime: payment.state === 'draft' && !(await knows(store, payment)),
    fundingSource: `PayPal ${maskedEmail(payer?.email ?? '')}`.trim(),
    note: payment.note,
    state: payment.state,
    reason: payment.reason,
    at: (payment.startedAt ?? payment.createdAt).getTime(),
    mine: payment.payerKey === personKey,
  };
}

/** Whether an earlier payment of the same payer has arrived at the payee. */
function knows(store: Store, { payerKey, payeeKey, payeeEmail, payeePhone }: Payment): Promise<boolean> {
  return store.contacts.hasPaid(payerKey, { personKey: payeeKey, email: payeeEmail, phone: payeePhone });
}

/** A request for money in the words of any of its people. */
export async function requestWords(store: Store, request: MoneyRequest): Promise<RequestWords> {
  const { requestId, requesterKey, note, own, shares, state } = request;
  const minor = shares.reduce((sum, share) => sum + share.amount.minor, 0);
  return {
    requestId,
    requesterFirstName: await firstNameOf(store, requesterKey),
    note,
    own,
    asked: { minor, currency: own.currency },
    shares: await Promise.all(
      shares.map(async ({ shareId, payerKey, amount, state: standing }) => ({
        shareId,
        payerFirstName: await firstNameOf(store, payerKey),
        amount,
        state: standing,
      })),
    ),
    open: state === 'draft' || state === 'open',
  };
}

/** How a person is called by those who know them: by the channel's name, or that of their wallet. */
async function firstNameOf(store: Store, personKey: string): Promise<string> {
  const person = await store.people.find(personKey);
  return person?.firstName ?? firstWord((await store.links.active(personKey))?.name ?? 'Somebody');
}

function firstWord(name: string): string {
  return name.split(' ')[0] ?? name;
}
