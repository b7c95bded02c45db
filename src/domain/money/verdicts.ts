/** What an operator can have proven at the provider where no look-up could. */
export const PROOFS = [
  /** The payer was charged; the evidence is the provider's id of the capture, which is then read. */
  'charge-taken',
  /** The payer was not charged, and nothing under this payment ever will. */
  'charge-not-taken',
  /** The payee has the amount. */
  'payout-paid',
  /** The amount is back on our balance, or never left it. */
  'payout-returned',
  /** The payer has the amount back; the evidence is the provider's id of the refund. */
  'refund-given-back',
  /** What the provider took back after the payee had been paid is borne by us. */
  'loss-accepted',
  /** The provider has closed the dispute. */
  'dispute-closed',
  /** A difference between the books and the provider is understood and put right. */
  'break-explained',
] as const;

export type Proof = (typeof PROOFS)[number];

/** An operator's verdict on something that no look-up could settle. */
export interface Verdict {
  operator: string;
  proven: Proof;
  /** What shows it: the provider's id of a transaction, or the number of a case with them. Nothing personal. */
  evidence: string;
}

/** What an operator can be asked about a payment, and the proofs that answer it. */
export const ANSWERS = {
  charge: ['charge-taken', 'charge-not-taken'],
  payout: ['payout-paid', 'payout-returned'],
  refund: ['refund-given-back'],
} as const satisfies Record<string, readonly Proof[]>;

export type Question = keyof typeof ANSWERS;
