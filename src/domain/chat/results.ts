/** What came of trying to make a confirmation card. */
export type DraftedPayment =
  | { kind: 'card'; paymentId: string }
  /** Several of the payer's contacts have that name. */
  | { kind: 'which'; contactIds: string[] }
  | { kind: 'unknown-payee' }
  | { kind: 'self' }
  | { kind: 'amount-refused' }
  | { kind: 'not-linked' };

/**
 * What came of a tap on **Confirm**: the payment began; it had begun before (or has ended); or the card was cancelled,
 * replaced or too old, and nothing moved.
 */
export type BegunPayment = 'started' | 'existing' | 'void';

/** What came of dropping a card: it is void now, or its payment has begun and goes on. */
export type DroppedDraft = 'dropped' | 'begun' | 'void';

/** What came of a linking code: it is being bound, or it was not good. */
export type AcceptedLink = 'accepted' | 'refused';
