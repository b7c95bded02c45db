import type { Card } from '../domain/chat/channel';
import type { Money } from '../domain/money/amounts';
import type { ShareState } from '../domain/money/requests';
import type { StepUpReason } from '../domain/money/step-up';

/** The facts a text may be made of. A text names those it needs; they are read when the message leaves. */
export interface Words {
  /** The person spoken to. */
  person: { firstName?: string };
  payment: PaymentWords;
  /** What pays the payment. */
  paidWith: SourceWords;
  /** The person's latest payments, newest first. */
  payments: (PaymentWords & { paidWith: SourceWords })[];
  /** Contacts to choose between. */
  contacts: { contactId: string; name: string; maskedEmail: string }[];
  /** Addresses of the linking page: for the channel's log-in button, and for a browser. */
  linkAddresses: { logIn: string; web: string };
  /** The account that is being linked or is linked. */
  account: { name: string; maskedEmail: string };
  linkConfirmation: { sessionId: string; code: string };
  rep: { name: string };
  /** How many people wait, this person included. */
  queue: { position: number };
  amount: Money;
  request: RequestWords;
  /** The share that is named, or else the one that the person spoken to is asked for. */
  share: RequestWords['shares'][number];
  /** A name as the person wrote it. */
  asWritten: string;
  passwordReset: { url: string };
  /** What the person can pay with, the wallet first. */
  sources: SourceWords[];
  /** The page of a fresh login, and why a tap is not enough. */
  stepUp: { url: string; reason?: StepUpReason };
}

/** Something to pay with. */
export interface SourceWords {
  /** A card's id, or `wallet`. */
  source: string;
  /** As people know it: `PayPal d…a@example.com`, `Visa ••1111`. */
  label: string;
  /** Whether it is what pays where nothing is said. */
  byDefault: boolean;
}

/** One request for money in the words of the person it is told to. */
export interface RequestWords {
  requestId: string;
  requesterFirstName: string;
  note?: string;
  /** Everything asked for, the requester's own part not included. */
  asked: Money;
  /** The requester's own part of a bill that is split. */
  own: Money;
  shares: { shareId: string; payerFirstName: string; amount: Money; state: ShareState }[];
  open: boolean;
}

/** One payment in the words of the person it is told to. */
export interface PaymentWords {
  paymentId: string;
  amount: Money;
  /** Who pays: as the payee may know them, by first name. */
  payerFirstName: string;
  payeeName: string;
  payeeFirstName: string;
  /** E-mail address or phone number, as it may be shown to somebody who does not know it. */
  payeeMaskedAddress: string;
  /** Whether no payment of the payer has ever arrived at the payee. */
  firstTime: boolean;
  /** Whether the amount was set by somebody else's request. */
  fixedAmount: boolean;
  note?: string;
  state:
    | 'draft'
    | 'replaced'
    | 'cancelled'
    | 'started'
    | 'charged'
    | 'paid-out'
    | 'unclaimed'
    | 'paid'
    | 'declined'
    | 'held'
    | 'refunding'
    | 'refunded'
    | 'reversed'
    | 'needs-operator';
  reason?: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Whether the person spoken to is the payer. */
  mine: boolean;
}

/** A text: the facts it needs, and what it says with them. */
export interface Text<Needs extends keyof Words = keyof Words> {
  needs: readonly Needs[];
  say(words: Pick<Words, Needs>): Card;
}

/** Declares a text so that it can only use the facts that it names. */
export function text<Needs extends keyof Words>(
  needs: readonly Needs[],
  say: (words: Pick<Words, Needs>) => Card,
): Text<Needs> {
  return { needs, say };
}

/** A card that is only words. */
export function plain(words: string): Card {
  return { kind: 'text', text: words };
}
