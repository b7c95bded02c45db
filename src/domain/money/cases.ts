import type { Question } from './verdicts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Everything that can be open about a payment. */
export const CASE_KINDS = [
  /** Nobody knows yet what the provider did. */
  'unknown',
  /** An operator stopped it at a safe point. */
  'held',
  /** The provider reviews the payout. */
  'in-review',
  /** Sent, and nobody has claimed it. */
  'unclaimed',
  /** The provider took a charge back after the payee had been paid. */
  'reversed',
  /** The payee sent it back. */
  'sent-back',
  'disputed',
  /** Its workflow was ended before its time. */
  'orphaned',
  /** The books and the provider differ. */
  'break',
] as const;

export type CaseKind = (typeof CASE_KINDS)[number];

/** Who has to act: the program by itself, or the operators. */
export type CaseOwner = 'program' | 'operators';

/** What holds for a kind of case: whose it is, until when it is settled, and what is to be done. */
export interface CaseRule {
  owner: CaseOwner;
  /** From its opening, in milliseconds. */
  withinMs: number;
  /** For operators, in one sentence. */
  nextAction: string;
}

/** An operator's hold ends by itself after a day, so that nobody's money waits for somebody who forgot. */
export const HOLD_AT_MOST_MS = DAY_MS;

/** Sellers answer a case within ten days, or PayPal decides it for the buyer (PayPal, Resolution Center). */
const DISPUTE_ANSWERED_WITHIN_MS = 10 * DAY_MS;

/** What is done about a case of each kind. */
export const CASES: Readonly<Record<CaseKind, CaseRule>> = {
  unknown: {
    owner: 'operators',
    withinMs: DAY_MS,
    nextAction: "Find out in PayPal's account what happened, and settle with what it shows.",
  },
  held: {
    owner: 'operators',
    withinMs: HOLD_AT_MOST_MS,
    nextAction: 'Release or drain it; at the deadline it is drained by itself.',
  },
  'in-review': {
    owner: 'operators',
    withinMs: 3 * DAY_MS,
    nextAction: 'PayPal reviews the payout: ask them how long.',
  },
  unclaimed: {
    owner: 'program',
    withinMs: 29 * DAY_MS,
    nextAction: 'None: the payer is reminded, and at the deadline the money is taken back.',
  },
  reversed: {
    owner: 'operators',
    withinMs: DISPUTE_ANSWERED_WITHIN_MS,
    nextAction: 'PayPal gave the payer the money back, and the payee has it: contest it, or settle with loss-accepted.',
  },
  'sent-back': { owner: 'program', withinMs: DAY_MS, nextAction: 'None: what the payee sent back goes to the payer.' },
  disputed: {
    owner: 'operators',
    withinMs: DISPUTE_ANSWERED_WITHIN_MS,
    nextAction: "Answer the dispute in PayPal's Resolution Center, and settle with dispute-closed.",
  },
  orphaned: {
    owner: 'program',
    withinMs: DAY_MS,
    nextAction: 'None: what the provider did is looked up, and brought to an end.',
  },
  break: {
    owner: 'operators',
    withinMs: DAY_MS,
    nextAction: 'Find out why the books and PayPal differ, put it right, and settle with break-explained.',
  },
};

/** What an operator is asked, by what is not known. */
export const QUESTIONS: Readonly<Record<Question, string>> = {
  charge: 'Was the payer charged? Settle with charge-taken and the id of the capture, or with charge-not-taken.',
  payout: 'Does the payee have the money? Settle with payout-paid or payout-returned.',
  refund: 'Give the amount back by hand. Settle with refund-given-back and the id of the refund.',
};
