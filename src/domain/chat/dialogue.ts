import type { Currency } from '../money/amounts';

/** What the bot is in the middle of. At most one at a time; a rep's ownership freezes it. */
export type Dialogue =
  /** Collecting what a payment needs, one question at a time. */
  | { kind: 'send'; asked: 'amount' | 'payee' | 'which-payee' | 'link'; slots: SendSlots }
  /** A confirmation card is out; only a tap on it moves money. */
  | { kind: 'confirm'; paymentId: string; expiresAt: number; slots: SendSlots }
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
}
