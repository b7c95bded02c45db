import type { RequestSlots } from '../../src/domain/chat/dialogue';
import type { DraftedRequest } from '../../src/domain/chat/results';
import type { Money } from '../../src/domain/money/amounts';
import { CARD_LIFE_MS, isAllowedAmount } from '../../src/domain/money/limits';
import { MOST_OPEN_REQUESTS, MOST_SHARES, REQUEST_WINDOW_DAYS } from '../../src/domain/money/requests';
import { splitEqually } from '../../src/domain/money/split';
import { newId } from '../../src/identity';
import type { Store } from '../../src/store';
import { contactsMeant } from '../money/payees';

export interface RequestDraftStep {
  requesterKey: string;
  requestId: string;
  slots: RequestSlots;
  /** Workflow time in milliseconds since the epoch. */
  at: number;
}

const DAY_MS = 24 * 3_600_000;

/** From what a person wrote to a card that asks others for money. Nobody is asked before the card is confirmed. */
export async function draftRequest(store: Store, step: RequestDraftStep): Promise<DraftedRequest> {
  const { requesterKey, requestId, slots, at } = step;
  if (await store.safety.isFrozen(requesterKey)) return { kind: 'frozen' };
  if (!(await store.links.active(requesterKey))) return { kind: 'not-linked' };
  const since = new Date(at - REQUEST_WINDOW_DAYS * DAY_MS);
  if ((await store.requests.openSince(requesterKey, since)) >= MOST_OPEN_REQUESTS) return { kind: 'too-many-open' };
  if (slots.payers.length > MOST_SHARES) return { kind: 'too-many-people' };
  const payers = await payersOf(store, requesterKey, slots);
  if (!Array.isArray(payers)) return payers;
  const divided = divide(slots, payers.length);
  if (!divided) return { kind: 'amount-refused' };
  await store.requests.draft({
    requestId,
    requesterKey,
    note: slots.note,
    own: divided.own,
    cardExpiresAt: new Date(at + CARD_LIFE_MS),
    shares: divided.shares.flatMap((amount, place) => {
      const payerKey = payers[place];
      return payerKey ? [{ shareId: newId(), payerKey, amount }] : [];
    }),
  });
  return { kind: 'card', requestId };
}

/** The people behind the names, each once and in order; or what has to be asked first. */
async function payersOf(store: Store, requesterKey: string, slots: RequestSlots): Promise<string[] | DraftedRequest> {
  const contacts = await store.contacts.of(requesterKey);
  const keys: string[] = [];
  for (const name of slots.payers) {
    const chosen = slots.chosen[name];
    const meant = chosen ? contacts.filter(({ contactId }) => contactId === chosen) : contactsMeant(contacts, name);
    if (meant.length > 1) return { kind: 'which', name, contactIds: meant.map(({ contactId }) => contactId) };
    const payerKey = meant[0]?.personKey;
    // Only somebody in this chat can be asked; an address alone hears nothing here.
    const shut = payerKey !== undefined && (await store.safety.hasBlocked(payerKey, requesterKey));
    // The same answer for somebody who has blocked the requester: they are not to be found out.
    if (!payerKey || payerKey === requesterKey || shut) return { kind: 'unknown-payer', name };
    if (!keys.includes(payerKey)) keys.push(payerKey);
  }
  return keys;
}

/** What each pays, in the order of the names. With oneself, the first parts are the others' and the last is one's own. */
function divide({ amount, per, withSelf }: RequestSlots, people: number): { shares: Money[]; own: Money } | undefined {
  if (!amount || people === 0) return undefined;
  const nothing = { minor: 0, currency: amount.currency };
  if (per === 'each') {
    return isAllowedAmount(amount) ? { shares: Array.from({ length: people }, () => amount), own: nothing } : undefined;
  }
  if (amount.minor < people + 1) return undefined;
  const parts = splitEqually(amount, people + (withSelf ? 1 : 0));
  const shares = parts.slice(0, people);
  return shares.every((share) => isAllowedAmount(share)) ? { shares, own: parts[people] ?? nothing } : undefined;
}
