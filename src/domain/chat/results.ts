import type { Money } from '../money/amounts';
import type { StepUpReason } from '../money/step-up';

/** What came of trying to make a confirmation card. */
export type DraftedPayment =
  | { kind: 'card'; paymentId: string }
  /** Several of the payer's contacts have that name. */
  | { kind: 'which'; contactIds: string[] }
  | { kind: 'unknown-payee' }
  | { kind: 'sent-back-already' }
  | { kind: 'self' }
  | { kind: 'amount-refused' }
  /** More than the payer may send at this moment; `room` is what is left. A share that it pays or sends back is named. */
  | { kind: 'over-limit'; room: Money; shareId?: string; sendsBack?: string }
  | { kind: 'not-linked' }
  /** The payer's own account is frozen. */
  | { kind: 'frozen' }
  /** The payee takes no money from this payer. */
  | { kind: 'payee-unavailable' }
  /** What it was to pay is over: the share was answered, cancelled or has expired. */
  | { kind: 'void' };

/**
 * What came of a tap on **Confirm**: the payment began; it had begun before (or has ended); or the card was cancelled,
 * replaced or too old, and nothing moved.
 */
export type BegunPayment = 'started' | 'existing' | 'void';

/**
 * What came of a tap on **Confirm** on a payment's card. With a `stepUpId` nothing moved yet: the payer has to log in
 * anew first. A frozen account sends nothing, and a payee may take nothing from this payer.
 */
export type PaymentStart = BegunPayment | 'frozen' | 'payee-unavailable' | { stepUpId: string; reason: StepUpReason };

/** What came of trying to make a card that asks others for money. */
export type DraftedRequest =
  | { kind: 'card'; requestId: string }
  /** Several contacts have this name. */
  | { kind: 'which'; name: string; contactIds: string[] }
  /** Nobody of this name among the contacts, or not reachable in the chat. */
  | { kind: 'unknown-payer'; name: string }
  | { kind: 'amount-refused' }
  | { kind: 'too-many-people' }
  | { kind: 'too-many-open' }
  | { kind: 'not-linked' }
  /** The requester's own account is frozen. */
  | { kind: 'frozen' };

/** What came of declining, reminding or cancelling: done, or it was over before. */
export type AnsweredRequest = 'done' | 'void';

/** What came of **Undo**: it is being taken back; the payee has it; or the payment is not this person's. */
export type UndonePayment = 'undoing' | 'too-late' | 'void';

/**
 * What came of dropping a card: it is void now, with an amount that the payer chose or one that a request has fixed; or
 * its payment has begun and goes on.
 */
export type DroppedDraft = 'dropped' | 'dropped-fixed-amount' | 'begun' | 'void';

/** What came of a linking code: it is being bound, or it was not good. */
export type AcceptedLink = 'accepted' | 'refused';
