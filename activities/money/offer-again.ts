import type { Payment, Store } from '../../src/store';
import type { DraftedPayment } from '../../src/domain/chat/results';
import { makeCard } from './card';

/** A payment that was cancelled for want of an account is offered again for a day after, in milliseconds. */
const OFFERED_AGAIN_WITHIN_MS = 24 * 3_600_000;

/** Why a payment is worth being offered again: nothing was wrong with it but the account. */
const FOR_WANT_OF_AN_ACCOUNT: ReadonlySet<string> = new Set(['unlinked', 'consent-revoked']);

/** The payment that was begun last and then cancelled because its account was gone, if that is not long ago. */
export async function cancelledForWantOfAccount(
  store: Store,
  payerKey: string,
  at: number,
): Promise<Payment | undefined> {
  const latest = (await store.payments.ofPayer(payerKey, LATEST_LOOK)).find(({ startedAt }) => startedAt !== undefined);
  const recent = latest?.finishedAt !== undefined && at - latest.finishedAt.getTime() < OFFERED_AGAIN_WITHIN_MS;
  const wanting = latest?.state === 'cancelled' && FOR_WANT_OF_AN_ACCOUNT.has(latest.reason ?? '');
  return recent && wanting ? latest : undefined;
}

/** A new card for the same payment: same payee, amount, note and share, from whatever is said or is the default. */
export function cardAgain(
  store: Store,
  { payerKey, payeeKey, payeeEmail, payeePhone, payeeName = '', amount, note, shareId, sendsBack }: Payment,
  { paymentId, source, at }: { paymentId: string; source?: string; at: number },
): Promise<DraftedPayment> {
  const payee = { personKey: payeeKey, email: payeeEmail, phone: payeePhone, name: payeeName };
  return makeCard(store, { paymentId, payerKey, payee, amount, note, shareId, sendsBack, source, at });
}

/** Cards that were never confirmed do not count; a few may stand before the latest payment. */
const LATEST_LOOK = 10;
