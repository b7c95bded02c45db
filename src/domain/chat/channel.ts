import type { Money } from '../money/amounts';

/** A short answer offered below a message. */
export interface Choice {
  title: string;
  payload: string;
}

/** A button on a card. */
export type Button =
  | { kind: 'reply'; title: string; payload: string }
  | { kind: 'open'; title: string; url: string }
  /** Starts account linking on the channel; its caption is the channel's own. */
  | { kind: 'log-in'; url: string }
  | { kind: 'log-out' };

/** What a person sees. Knows no channel; the channel's adapter turns it into its own templates and limits. */
export type Card =
  | { kind: 'text'; text: string; choices?: Choice[] }
  | { kind: 'buttons'; text: string; buttons: Button[]; choices?: Choice[] }
  | {
      kind: 'receipt';
      recipientName: string;
      merchantName?: string;
      orderNumber: string;
      paymentMethod: string;
      /** Milliseconds since the epoch. */
      at: number;
      lines: { title: string; subtitle?: string; quantity?: number; price: Money }[];
      total: Money;
    };

/**
 * Under which rule a message leaves: an answer inside the window, a rep's own words after it, or a transactional
 * message that a market allows outside of it.
 */
export type SendRule = 'response' | 'human-agent' | 'utility';

export interface Delivery {
  to: string;
  card: Card;
  rule: SendRule;
  /** Our id of the message; comes back in the echo. */
  metadata: string;
  /** Under whose name it is shown, where that is not the page's. */
  personaId?: string;
}

/** What the channel tells about a person. Fields it withholds are absent. */
export interface PersonProfile {
  name?: string;
  firstName?: string;
  locale?: string;
  /** Hours from GMT. */
  timezone?: number;
}

/** What a new conversation shows before anybody has said anything. */
export interface PageProfile {
  greeting: string;
  startPayload: string;
  menu: Choice[];
}

/** Sends to people. Every method throws `ProviderFailure` and nothing else. */
export interface Channel {
  /** The card as the one or more messages it takes: long text is split at sentence ends, choices stay on the last. */
  parts(card: Card): Card[];
  /**
   * Sends one card once. There is no idempotency key: an `unknown` failure means that it may have arrived, and only an
   * echo that carries `metadata` can tell. A card beyond the channel's limits is refused as `final` before the call.
   */
  send(delivery: Delivery): Promise<{ messageId: string }>;
  /** Shows that an answer is being written, optionally under a persona. Lost calls do no harm. */
  showTyping(to: string, personaId?: string): Promise<void>;
  profile(address: string): Promise<PersonProfile>;
  /** Makes a name that messages can be shown under; gives its id. */
  createPersona(persona: { name: string; pictureUrl: string }): Promise<string>;
  /** Ends the channel's own record that the person's account is linked. */
  unlinkAccount(address: string): Promise<void>;
  /** Sets menu, greeting and start button, as the page shows them. */
  setUpPage(profile: PageProfile): Promise<void>;
}
