import type { Currency } from '../money/amounts';

/** What the bot is in the middle of. At most one at a time; a rep's ownership freezes it. */
export type Dialogue =
  /** Collecting what a payment needs, one question at a time. */
  | { kind: 'send'; asked: 'amount' | 'payee' | 'which-payee' | 'source' | 'link'; slots: SendSlots }
  /** A confirmation card is out; only a tap on it moves money. */
  | { kind: 'confirm'; paymentId: string; expiresAt: number; slots: SendSlots }
  /** Collecting what a request for money needs. */
  | { kind: 'request'; asked: 'amount' | 'payers' | 'which-payer' | 'link'; slots: RequestSlots }
  /** A card that asks others for money is out; only a tap on it sends it. */
  | { kind: 'confirm-request'; requestId: string; slots: RequestSlots }
  | { kind: 'password' }
  /** "Cancel" was ambiguous and was asked back. */
  | { kind: 'cancel-what' };

/** What is known of a payment to be. Names as the person wrote them. */
export interface SendSlots {
  amount?: { minor: number; currency: Currency };
  payee?: string;
  /** One of the person's own contacts, once it is certain which. */
  contactId?: string;
  note?: string;
  /** An earlier card, whose payee is meant. */
  like?: string;
  /** What shall pay: one of the person's cards, or `wallet`; by default what they have chosen for that. */
  source?: string;
}

/** What is known of a request to be. */
export interface RequestSlots {
  /** The total to divide, or what each of them shall pay. */
  amount?: { minor: number; currency: Currency };
  /** `each`: everybody is asked for the amount. `total`: it is divided among them. */
  per: 'each' | 'total';
  /** Whether a total is divided among the requester too, who then pays a part without being asked. */
  withSelf: boolean;
  /** Names as the person wrote them. */
  payers: string[];
  /** Contacts that were chosen among several of one name, by that name. */
  chosen: Record<string, string>;
  note?: string;
}
