import { Refusal } from '../api/refusal';
import type { BatchStatus } from '../state/records';

/**
 * PayPal's switches for negative tests of payouts: the note of the first item names the error that a new batch gets
 * (https://docs.paypal.ai/growth/payouts/reference/payouts-api-test-values.md).
 */
const NOTES: Readonly<Record<string, string>> = {
  ERRPYO001: 'SENDER_RESTRICTED',
  ERRPYO002: 'SENDER_EMAIL_UNCONFIRMED',
  ERRPYO003: 'AUTHORIZATION_ERROR',
  ERRPYO005: 'INSUFFICIENT_FUNDS',
  ERRPYO006: 'INTERNAL_ERROR',
  ERRPYO010: 'VALIDATION_ERROR',
  ERRPYO011: 'REQUIRED_SCOPE_MISSING',
  ERRPYO012: 'SENDER_LOCKED',
  ERRPYO014: 'USER_BUSINESS_ERROR',
  ERRPYO035: 'RATE_LIMIT_VALIDATION_FAILURES',
  ERRPYO036: 'REQUEST_TIMEOUT_EXCEEDED',
  ERRPYO038: 'NON_HOLDING_CURRENCY',
  ERRPYO039: 'PREVIOUS_REQUEST_IN_PROGRESS',
};

/** Batches that are always in one state. */
const BATCHES: Readonly<Record<string, BatchStatus>> = {
  ERRPYOB001: 'SUCCESS',
  ERRPYOB002: 'PENDING',
  ERRPYOB003: 'PROCESSING',
  ERRPYOB004: 'DENIED',
};

/** The refusal that a note asks for, if it is one of PayPal's test values. */
export function refusalOfNote(note: string | undefined): Refusal | undefined {
  const name = note === undefined ? undefined : NOTES[note];
  return name === undefined ? undefined : new Refusal(name);
}

/** The state of one of PayPal's test batches. */
export const statusOfTestBatch = (id: string): BatchStatus | undefined => BATCHES[id];
