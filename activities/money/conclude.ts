import type { TextKey } from '../../src/domain/chat/say';
import { messageIdOf } from '../../src/identity';
import type { Payment, PaymentState, Store } from '../../src/store';
import type { Dependencies } from '../dependencies';
import type { Post } from '../chat/post';
import { notFound } from '../failures';
import { finishWaitingUnlinking } from '../linking/unlink';
import { settleShare } from '../requests/settle-share';
import { bookPayout, bookReversal } from '../books/booking';
import { followCases } from '../aftercare/cases';
import { cardAgain } from './offer-again';
import type { Conclusion } from './results';

/** From which states each outcome may be reached; a lower state never overwrites a higher one. */
const REACHED_FROM: Record<Conclusion['status'], PaymentState[]> = {
  held: ['started', 'charged'],
  declined: ['started', 'held', 'needs-operator'],
  'in-review': ['charged', 'held', 'paid-out', 'needs-operator'],
  unclaimed: ['charged', 'held', 'paid-out', 'needs-operator'],
  paid: ['charged', 'held', 'paid-out', 'unclaimed', 'needs-operator'],
  // What was paid can be sent back by the payee, and what nobody took needs no more than to be ended.
  refunded: ['charged', 'held', 'paid-out', 'unclaimed', 'paid', 'refunding', 'needs-operator'],
  cancelled: ['started', 'held'],
  reversed: ['paid'],
  'needs-operator': ['started', 'charged', 'held', 'paid-out', 'unclaimed', 'paid', 'refunding'],
};

/** As what an outcome stands in the payment's row. */
function stateOf(status: Conclusion['status']): PaymentState {
  return status === 'in-review' ? 'paid-out' : status;
}

/** Outcomes after which the payer has the money: it no longer counts against any limit. */
const TOOK_NOTHING: ReadonlySet<Conclusion['status']> = new Set(['declined', 'refunded', 'cancelled', 'reversed']);

/** What the payer hears of each outcome, in this order. */
const TOLD_TO_PAYER: Record<Conclusion['status'], TextKey[]> = {
  paid: ['payment.paid-payer', 'payment.receipt'],
  unclaimed: ['payment.unclaimed-payer'],
  declined: ['payment.declined'],
  refunded: ['payment.refunded'],
  cancelled: ['payment.cancelled'],
  held: ['payment.held'],
  'in-review': ['payment.in-review'],
  reversed: ['payment.reversed'],
  'needs-operator': ['payment.with-operator'],
};

/**
 * Records how a payment ended, or the stage at which it waits, with its ledger, its room under the limits and its case,
 * and tells both people. Everything is keyed by payment and outcome, so a repetition changes and says nothing twice.
 */
export function createConclusion(
  deps: Pick<Dependencies, 'store' | 'gateway' | 'wallet' | 'channel'>,
  post: Post,
): { concludePayment(conclusion: Conclusion): Promise<void> } {
  const { store, gateway } = deps;
  return {
    async concludePayment(conclusion: Conclusion): Promise<void> {
      const { paymentId, status } = conclusion;
      const payment = await store.payments.find(paymentId);
      if (!payment) throw notFound('the payment');
      await store.transaction((tx) => write(tx, conclusion, payment));
      await settleShare({ store, gateway }, payment, status);
      const isConsentGone = status === 'cancelled' && conclusion.reason === 'consent-revoked';
      if (isConsentGone) await forgetSource(payment, conclusion.at);
      await post.say({
        personKey: payment.payerKey,
        cause: `${paymentId}:${status}:payer`,
        speaker: 'notice',
        messages: toldToPayer(conclusion, payment).map((key) => ({ key, ids: { paymentId } })),
      });
      if (status === 'paid' && payment.payeeKey) {
        await post.say({
          personKey: payment.payeeKey,
          cause: `${paymentId}:${status}:payee`,
          speaker: 'notice',
          messages: [{ key: 'payment.paid-payee', ids: { paymentId } }],
        });
      }
      if (isConsentGone && payment.sourceId !== undefined) await offerByWallet(payment, conclusion.at);
      await finishWaitingUnlinking(deps, post, payment);
    },
  };

  /** What the provider no longer lets us charge is gone before the payer is told so, and may answer. */
  async function forgetSource({ payerKey, sourceId, linkId }: Payment, at: number): Promise<void> {
    if (sourceId !== undefined) await store.sources.removed(sourceId);
    // No event told of it: the link has ended all the same.
    else if ((await store.links.active(payerKey))?.linkId === linkId) await store.links.end(payerKey, new Date(at));
  }

  /** Instead of the card that is gone the wallet can pay. */
  async function offerByWallet(payment: Payment, at: number): Promise<void> {
    const { paymentId, payerKey } = payment;
    const again = messageIdOf(`${paymentId}/again`);
    const card = await cardAgain(store, payment, { paymentId: again, source: 'wallet', at });
    if (card.kind !== 'card') return;
    const messages = [{ key: 'payment.confirm' as const, ids: { paymentId: again } }];
    await post.say({ personKey: payerKey, cause: `${paymentId}/again`, speaker: 'notice', messages });
  }
}

/** What the payer hears: of a payment that was cancelled for a reason of its own, that reason. */
function toldToPayer({ status, reason }: Conclusion, { sourceId }: Payment): readonly TextKey[] {
  if (status !== 'cancelled') return TOLD_TO_PAYER[status];
  switch (reason) {
    case 'consent-revoked':
      return [sourceId === undefined ? 'payment.cancelled-consent' : 'payment.cancelled-card'];
    case 'unlinked':
      return ['payment.cancelled-unlinked'];
    case 'frozen':
      return ['payment.cancelled-frozen'];
    default:
      return TOLD_TO_PAYER.cancelled;
  }
}

async function write(tx: Store, conclusion: Conclusion, payment: Payment): Promise<void> {
  const { paymentId, epoch, status, payout, reason, reversed } = conclusion;
  await tx.payments.move(paymentId, REACHED_FROM[status], stateOf(status), { reason });
  if (status === 'paid') await tx.limits.commit(paymentId);
  if (TOOK_NOTHING.has(status)) await tx.limits.release(paymentId);
  if (status === 'declined') await tx.payments.stepFailed({ paymentId, step: 'charge', epoch, state: 'declined' });
  if (payout) await bookPayout(tx, conclusion, payout);
  if (reversed) await bookReversal(tx, conclusion);
  if (status === 'paid') await makeContacts(tx, payment);
  await followCases(tx, conclusion);
}

/** Who has paid somebody can name them from then on, and be named by them: to be paid back, or asked for money. */
async function makeContacts(tx: Store, payment: Payment): Promise<void> {
  const known = [payeeOf(payment), await payerOf(tx, payment)].filter((contact) => contact !== undefined);
  // In one order for everybody: two people who pay each other at once must not wait for one another.
  for (const contact of known.sort((one, other) => (one.ownerKey < other.ownerKey ? -1 : 1))) {
    await tx.contacts.remember(contact);
  }
  if (payment.payeeEmail) await tx.contacts.paid(payment.payerKey, payment.payeeEmail);
}

function payeeOf({ payerKey, payeeKey, payeeEmail: email, payeeName: name }: Payment): NewContact | undefined {
  return email && name ? { ownerKey: payerKey, email, name, personKey: payeeKey } : undefined;
}

/** Nobody's contact is made who was forgotten meanwhile, nor one of an account that is gone. */
async function payerOf(tx: Store, { payerKey, payeeKey, linkId }: Payment): Promise<NewContact | undefined> {
  const link = linkId === undefined ? undefined : await tx.links.find(linkId);
  if (!link || !payeeKey || !(await tx.people.find(payeeKey))) return undefined;
  return { ownerKey: payeeKey, email: link.email, name: link.name, personKey: payerKey };
}

type NewContact = Parameters<Store['contacts']['remember']>[0];
