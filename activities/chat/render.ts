import type { Card } from '../../src/domain/chat/channel';
import type { Say, SayIds } from '../../src/domain/chat/say';
import { capability, newId } from '../../src/identity';
import type { Payment } from '../../src/store';
import type { PaymentWords, Words } from '../../src/texts';
import { maskedEmail, needsOf, render } from '../../src/texts';
import type { Currency } from '../../src/domain/money/amounts';
import type { Dependencies } from '../dependencies';
import { notFound } from '../failures';

/** A linking address works for an hour, in milliseconds: long enough to find the password, useless in an old chat. */
const OFFER_LIFE_MS = 3_600_000;

/** How many payments a history shows: what fits one message. */
const HISTORY_LENGTH = 5;

type Loaders = { [Need in keyof Words]: (ids: SayIds, personKey: string) => Promise<Words[Need]> };

/** Turns a key with ids into what the person reads, from facts read at this moment and in the person's language. */
export class Renderer {
  constructor(private readonly deps: Pick<Dependencies, 'store' | 'channel' | 'ownUrl' | 'passwordResetUrl'>) {}

  /** The card, as the one or more messages that the channel needs for it. */
  async render({ key, ids = {} }: Say, personKey: string): Promise<Card[]> {
    const locale = (await this.deps.store.people.find(personKey))?.locale;
    const words: Partial<Words> = {};
    for (const need of needsOf(key, locale)) {
      Object.assign(words, { [need]: await this.loaders[need](ids, personKey) });
    }
    return this.deps.channel.parts(render(key, words, locale));
  }

  private readonly loaders: Loaders = {
    person: async (_ids, personKey) => ({ firstName: (await this.deps.store.people.find(personKey))?.firstName }),
    payment: async ({ paymentId }, personKey) => {
      const payment = paymentId ? await this.deps.store.payments.find(paymentId) : undefined;
      if (!payment) throw notFound('the payment to tell of');
      return this.paymentWords(payment, personKey);
    },
    payments: async (_ids, personKey) => {
      const payments = await this.deps.store.payments.ofPerson(personKey, HISTORY_LENGTH);
      return Promise.all(payments.map((payment) => this.paymentWords(payment, personKey)));
    },
    contacts: async ({ contactIds = [] }) => {
      const contacts = await Promise.all(contactIds.map((id) => this.deps.store.contacts.find(id)));
      return contacts.flatMap((contact) =>
        contact ? [{ contactId: contact.contactId, name: contact.name, maskedEmail: maskedEmail(contact.email) }] : [],
      );
    },
    linkAddresses: async (_ids, personKey) => {
      const offer = capability();
      const expiresAt = new Date(Date.now() + OFFER_LIFE_MS);
      await this.deps.store.linkSessions.offer({ sessionId: newId(), personKey, offer, expiresAt });
      const address = `${this.deps.ownUrl}/link?offer=${offer}`;
      return { logIn: address, web: `${address}&way=web` };
    },
    account: async ({ linkSessionId }, personKey) => {
      const session = linkSessionId ? await this.deps.store.linkSessions.find(linkSessionId) : undefined;
      const account = session?.identity ?? (await this.deps.store.links.active(personKey));
      if (!account) throw notFound('the account to tell of');
      return { name: account.name, maskedEmail: maskedEmail(account.email) };
    },
    linkConfirmation: async ({ linkSessionId = '', linkCode = '' }) => ({ sessionId: linkSessionId, code: linkCode }),
    rep: async ({ repId = '' }) => ({ name: (await this.deps.store.reps.find(repId))?.name ?? 'Somebody' }),
    queue: async (_ids, personKey) => {
      const waiting = await this.deps.store.conversations.list('waiting', undefined, QUEUE_LOOK);
      const place = waiting.findIndex((conversation) => conversation.personKey === personKey);
      return { position: place < 0 ? waiting.length : place + 1 };
    },
    amount: async ({ amount }) => {
      if (!amount) throw notFound('the amount to tell of');
      return { minor: amount.minor, currency: amount.currency as Currency };
    },
    passwordReset: async () => ({ url: this.deps.passwordResetUrl }),
  };

  private async paymentWords(payment: Payment, personKey: string): Promise<PaymentWords> {
    const { store } = this.deps;
    const payer = await store.links.active(payment.payerKey);
    const payerPerson = await store.people.find(payment.payerKey);
    const payeeName = payment.payeeName ?? 'them';
    return {
      paymentId: payment.paymentId,
      amount: payment.amount,
      payerFirstName: payerPerson?.firstName ?? firstWord(payer?.name ?? 'Somebody'),
      payeeName,
      payeeFirstName: firstWord(payeeName),
      payeeMaskedEmail: maskedEmail(payment.payeeEmail ?? ''),
      fundingSource: `PayPal ${maskedEmail(payer?.email ?? '')}`.trim(),
      note: payment.note,
      state: payment.state,
      reason: payment.reason,
      at: (payment.startedAt ?? payment.createdAt).getTime(),
      mine: payment.payerKey === personKey,
    };
  }
}

/** How far down the queue a person's place is counted; beyond it the number says nothing any more. */
const QUEUE_LOOK = 200;

function firstWord(name: string): string {
  return name.split(' ')[0] ?? name;
}
