import type { Card } from '../../src/domain/chat/channel';
import type { Say, SayIds } from '../../src/domain/chat/say';
import { capability, newId } from '../../src/identity';
import type { MoneyRequest, Payment, Person } from '../../src/store';
import type { RequestWords, Words } from '../../src/texts';
import { maskedEmail } from '../../src/domain/people/masked';
import { needsOf, render } from '../../src/texts';
import type { Currency } from '../../src/domain/money/amounts';
import type { Dependencies } from '../dependencies';
import { notFound } from '../failures';
import { mayBeTold, paidWithWords, paymentWords, requestWords, sourcesWords } from './words';

/** A linking address works for an hour, in milliseconds: long enough to find the password, useless in an old chat. */
const OFFER_LIFE_MS = 3_600_000;

/** How many payments a history shows: what fits one message. */
const HISTORY_LENGTH = 5;

/** Among how many the history is looked for: cards that were never confirmed are left out. */
const HISTORY_LOOK = 50;

/** What one message tells of; what several of its facts are about is read once. */
interface Subject {
  ids: SayIds;
  person: Person;
  payment: () => Promise<Payment>;
  request: () => Promise<{ row: MoneyRequest; words: RequestWords }>;
}

type Loaders = { [Need in keyof Words]: (subject: Subject) => Promise<Words[Need]> };

/** Turns a key with ids into what the person reads, from facts read at this moment and in the person's language. */
export class Renderer {
  constructor(private readonly deps: Pick<Dependencies, 'store' | 'channel' | 'ownUrl' | 'passwordResetUrl'>) {}

  /** The card, as the one or more messages that the channel needs for it. */
  async render({ key, ids = {} }: Say, person: Person): Promise<Card[]> {
    const words: Partial<Words> = {};
    const subject = {
      ids,
      person,
      payment: once(() => this.paymentOf(ids)),
      request: once(() => this.requestOf(ids, person)),
    };
    for (const need of needsOf(key, person.locale)) {
      Object.assign(words, { [need]: await this.loaders[need](subject) });
    }
    return this.deps.channel.parts(render(key, words, person.locale));
  }

  private readonly loaders: Loaders = {
    person: async ({ person: { firstName } }) => ({ firstName }),
    payment: async ({ payment, person }) => paymentWords(this.deps.store, await payment(), person),
    paidWith: async ({ payment }) => paidWithWords(this.deps.store, await payment()),
    payments: async ({ person }) => {
      const { store } = this.deps;
      const latest = await store.payments.ofPerson(person.personKey, HISTORY_LOOK);
      const told = latest.filter((payment) => mayBeTold(payment, person.personKey)).slice(0, HISTORY_LENGTH);
      return Promise.all(
        told.map(async (payment) => ({
          ...(await paymentWords(store, payment, person)),
          paidWith: await paidWithWords(store, payment),
        })),
      );
    },
    contacts: async ({ ids: { contactIds = [] } }) => {
      const contacts = await Promise.all(contactIds.map((id) => this.deps.store.contacts.find(id)));
      return contacts.flatMap((contact) =>
        contact ? [{ contactId: contact.contactId, name: contact.name, maskedEmail: maskedEmail(contact.email) }] : [],
      );
    },
    linkAddresses: async ({ person: { personKey } }) => {
      const offer = capability();
      const expiresAt = new Date(Date.now() + OFFER_LIFE_MS);
      await this.deps.store.linkSessions.offer({ sessionId: newId(), personKey, offer, expiresAt });
      const address = `${this.deps.ownUrl}/link?offer=${offer}`;
      return { logIn: address, web: `${address}&way=web` };
    },
    account: async ({ ids: { linkSessionId }, person: { personKey } }) => {
      const session = linkSessionId ? await this.deps.store.linkSessions.find(linkSessionId) : undefined;
      const account = session?.identity ?? (await this.deps.store.links.active(personKey));
      if (!account) throw notFound('the account to tell of');
      return { name: account.name, maskedEmail: maskedEmail(account.email) };
    },
    linkConfirmation: async ({ ids: { linkSessionId = '', linkCode = '' } }) => ({
      sessionId: linkSessionId,
      code: linkCode,
    }),
    rep: async ({ ids: { repId = '' } }) => ({ name: (await this.deps.store.reps.find(repId))?.name ?? 'Somebody' }),
    queue: async ({ person: { personKey } }) => {
      const waiting = await this.deps.store.conversations.list('waiting', undefined, QUEUE_LOOK);
      const place = waiting.findIndex((conversation) => conversation.personKey === personKey);
      return { position: place < 0 ? waiting.length : place + 1 };
    },
    amount: async ({ ids: { amount } }) => {
      if (!amount) throw notFound('the amount to tell of');
      return { minor: amount.minor, currency: amount.currency as Currency };
    },
    request: async ({ request }) => (await request()).words,
    share: async ({ request, ids, person }) => {
      const { row, words } = await request();
      const told = ids.shareId ?? row.shares.find(({ payerKey }) => payerKey === person.personKey)?.shareId;
      const share = words.shares.find(({ shareId }) => shareId === told);
      if (!share) throw notFound('the share to tell of');
      return share;
    },
    asWritten: async ({ ids: { asWritten = '' } }) => asWritten,
    sources: ({ person: { personKey } }) => sourcesWords(this.deps.store, personKey),
    stepUp: async ({ ids: { stepUpId = '', stepUpReason } }) => {
      const offer = await this.deps.store.stepUps.offer(stepUpId, capability());
      return { url: `${this.deps.ownUrl}/pay?offer=${offer}`, reason: stepUpReason };
    },
    passwordReset: async () => ({ url: this.deps.passwordResetUrl }),
  };

  private async paymentOf({ paymentId }: SayIds): Promise<Payment> {
    const payment = paymentId ? await this.deps.store.payments.find(paymentId) : undefined;
    if (!payment) throw notFound('the payment to tell of');
    return payment;
  }

  private async requestOf(
    { requestId, shareId }: SayIds,
    person: Person,
  ): Promise<{ row: MoneyRequest; words: RequestWords }> {
    const { store } = this.deps;
    const row = requestId
      ? await store.requests.find(requestId)
      : (await store.requests.ofShare(shareId ?? ''))?.request;
    if (!row) throw notFound('the request to tell of');
    return { row, words: await requestWords(store, row, person) };
  }
}

/** Loads when it is asked for the first time, and gives the same from then on. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}

/** How far down the queue a person's place is counted; beyond it the number says nothing any more. */
const QUEUE_LOOK = 200;
