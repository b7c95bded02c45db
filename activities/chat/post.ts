import type { Card, Channel, SendRule } from '../../src/domain/chat/channel';
import type { Say } from '../../src/domain/chat/say';
import type { OutboxRow, Person, Store } from '../../src/store';
import { conversationId } from '../../workflows/messages/conversation';
import { notFound } from '../failures';
import { inConversation } from './in-conversation';
import type { Outbox, Sent } from './outbox';
import type { Renderer } from './render';

/** Something to tell one person, in one or more messages. */
export interface Telling {
  personKey: string;
  /** What it answers to: the same whenever the step is repeated, so that nothing is said twice. */
  cause: string;
  /** `bot` and `rep` are dropped when the owner has changed; `notice` tells facts about money and never is. */
  speaker: 'bot' | 'notice';
  ownerEpoch?: number;
  messages: Say[];
}

/** The one way by which words reach a person: rendered, written to the outbox, then sent. */
export class Post {
  constructor(
    private readonly store: Store,
    private readonly channel: Channel,
    private readonly renderer: Renderer,
    private readonly outbox: Outbox,
  ) {}

  /** Says everything in order. Stops at a message that has to wait, so that none overtakes another. */
  async say(telling: Telling): Promise<void> {
    const written: OutboxRow[] = [];
    const person = await this.person(telling.personKey);
    for (const [place, message] of telling.messages.entries()) {
      const cards = await this.renderer.render(message, person);
      for (const [part, card] of cards.entries()) {
        const key = `${telling.cause}/${place}/${part}`;
        written.push(await this.writeTo(person, { ...telling, key, card, rule: ruleOf(telling.speaker) }));
      }
    }
    for (const row of written) await this.outbox.send(row, 'insist');
  }

  /** Writes a card of ours in the caller's transaction; {@link send} sends it after the commit. */
  write(tx: Store, message: Written): Promise<OutboxRow> {
    return this.outbox.write(tx, message);
  }

  /** Sends what {@link write} wrote. A rep is told at once when it could not be sent; the bot insists. */
  send(row: OutboxRow, manner: 'insist' | 'once'): Promise<Sent> {
    return this.outbox.send(row, manner);
  }

  async render(message: Say, personKey: string): Promise<Card[]> {
    return this.renderer.render(message, await this.person(personKey));
  }

  /** The messages that a card takes on the channel. */
  parts(card: Card): Card[] {
    return this.channel.parts(card);
  }

  private async person(personKey: string): Promise<Person> {
    const person = await this.store.people.find(personKey);
    if (!person) throw notFound('the person');
    return person;
  }

  private writeTo({ page, personKey }: Person, card: Omit<Written, 'conversationId'>): Promise<OutboxRow> {
    const message = { ...card, conversationId: conversationId(page, personKey) };
    return inConversation(this.store, message, () => this.write(this.store, message));
  }
}

export interface Written {
  personKey: string;
  conversationId: string;
  key: string;
  speaker: 'bot' | 'rep' | 'notice';
  repId?: string;
  ownerEpoch?: number;
  card: Card;
  rule: SendRule;
}

function ruleOf(speaker: 'bot' | 'notice'): SendRule {
  return speaker === 'notice' ? 'utility' : 'response';
}
