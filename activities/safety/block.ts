import type { MoneyRequest, Store } from '../../src/store';
import type { Dependencies } from '../dependencies';
import { contactsNamed } from '../money/payees';

/** Who is meant: by a name as it was written, by what they sent or asked for, or by a contact. */
export interface Meant {
  name?: string;
  paymentId?: string;
  shareId?: string;
}

/** What came of it: the ids by which the other is named in the answer, or why nobody was found. */
export type Blocked = { kind: 'done'; personName: string } | { kind: 'unknown' } | { kind: 'several' };

/** Payments that are looked through for somebody by name: whoever sent something lately is among them. */
const LATEST_LOOK = 50;

/** Shutting the door to somebody, and opening it again. The other one is told nothing of either. */
export function createBlocking({ store, gateway }: Pick<Dependencies, 'store' | 'gateway'>): {
  blockPerson(request: { personKey: string; who: Meant }): Promise<Blocked>;
  unblockPerson(request: { personKey: string; who: Meant }): Promise<Blocked>;
} {
  return {
    async blockPerson({ personKey, who }): Promise<Blocked> {
      const meant = await whoIs(store, personKey, who);
      if (meant.length !== 1 || !meant[0]) return meant.length === 0 ? { kind: 'unknown' } : { kind: 'several' };
      const [other] = meant;
      await store.safety.block(personKey, other.key);
      for (const { requestId, shareId } of await store.requests.openSharesFrom(other.key, personKey)) {
        await declineQuietly(requestId, shareId);
      }
      return { kind: 'done', personName: other.name };
    },

    async unblockPerson({ personKey, who }): Promise<Blocked> {
      const blocked = await store.safety.blockedBy(personKey);
      const meant = (await whoIs(store, personKey, who, blocked)).filter(({ key }) => blocked.includes(key));
      if (meant.length !== 1 || !meant[0]) return meant.length === 0 ? { kind: 'unknown' } : { kind: 'several' };
      await store.safety.unblock(personKey, meant[0].key);
      return { kind: 'done', personName: meant[0].name };
    },
  };

  /** What they have asked for is declined, as a tap would have done it. */
  async function declineQuietly(requestId: string, shareId: string): Promise<void> {
    if (!(await store.requests.moveShare(shareId, ['asked'], 'declined'))) return;
    await gateway.tellMoneyRequest(requestId, { kind: 'share', news: { shareId, state: 'declined' } });
  }
}

interface Other {
  key: string;
  name: string;
}

/** The people who can be meant, each once. */
async function whoIs(store: Store, personKey: string, who: Meant, more: string[] = []): Promise<Other[]> {
  if (who.paymentId) return payerOf(store, personKey, who.paymentId);
  if (who.shareId) return requesterOf(store, personKey, who.shareId);
  const contacts = (await store.contacts.of(personKey)).flatMap(({ personKey: key, name }) =>
    key ? [{ key, name }] : [],
  );
  const payments = await store.payments.ofPerson(personKey, LATEST_LOOK);
  const senders = payments.filter(({ payeeKey }) => payeeKey === personKey).map(({ payerKey }) => payerKey);
  const known = new Map(contacts.map((contact) => [contact.key, contact]));
  for (const key of [...senders, ...more]) if (!known.has(key)) known.set(key, { key, name: await nameOf(store, key) });
  known.delete(personKey);
  return contactsNamed([...known.values()], who.name ?? '');
}

async function payerOf(store: Store, personKey: string, paymentId: string): Promise<Other[]> {
  const payment = await store.payments.find(paymentId);
  if (payment?.payeeKey !== personKey || payment.payerKey === personKey) return [];
  return [{ key: payment.payerKey, name: await nameOf(store, payment.payerKey) }];
}

async function requesterOf(store: Store, personKey: string, shareId: string): Promise<Other[]> {
  const found: { request: MoneyRequest; share: { payerKey: string } } | undefined =
    await store.requests.ofShare(shareId);
  if (found?.share.payerKey !== personKey) return [];
  const { requesterKey: key } = found.request;
  return [{ key, name: await nameOf(store, key) }];
}

async function nameOf(store: Store, key: string): Promise<string> {
  return (await store.people.find(key))?.name ?? (await store.links.latest(key))?.name ?? 'Somebody';
}
