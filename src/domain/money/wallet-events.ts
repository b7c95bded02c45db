import type { Money } from './amounts';
import type { Payout } from './wallet';

/** What the provider tells us by itself, in our words. Order is not promised and repeats happen. */
export type WalletEvent =
  /** A charge changed its state. `paymentId` is the invoice id we gave. */
  | { kind: 'charge'; paymentId: string; captureId: string; state: 'completed' | 'pending' | 'declined' }
  /** Money of a finished charge went back: we refunded it, or the provider reversed it. */
  | { kind: 'charge-returned'; paymentId?: string; captureId: string; by: 'refund' | 'reversal'; amount?: Money }
  /** A payout item reached a state. `paymentId` is the item id we gave. */
  | { kind: 'payout'; paymentId: string; payout: Payout }
  | { kind: 'dispute'; disputeId: string; captureIds: string[]; state: 'opened' | 'updated' | 'resolved' }
  /** The person took back the consent; `token` is the vaulted wallet, or absent where the login was revoked. */
  | { kind: 'consent-revoked'; token?: string; payerId?: string }
  /** Known to the provider, of no consequence here: stored and counted. */
  | { kind: 'other'; name: string };

/** A verified event with the id that makes it unique for the provider. */
export interface ReceivedWalletEvent {
  id: string;
  /** When the provider made it, in milliseconds since the epoch. */
  at: number;
  event: WalletEvent;
}
