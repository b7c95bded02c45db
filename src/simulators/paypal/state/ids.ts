import { randomBytes } from 'node:crypto';

const UPPER = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = '0123456789abcdefghijklmnopqrstuvwxyz';
/** PayPal leaves out characters that are easily mistaken (`^[2-9A-HJ-NP-Z]{13}$` in its specifications). */
const UNAMBIGUOUS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

function draw(alphabet: string, length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** Order, capture, refund, setup token and webhook ids: 17 characters. */
export const newResourceId = (): string => draw(UPPER, 17);
/** Payer, merchant and PAYPAL_ID: 13 unambiguous characters. */
export const newPayerId = (): string => draw(UNAMBIGUOUS, 13);
/** Payout batches and items: 13 characters. */
export const newPayoutId = (): string => draw(UNAMBIGUOUS, 13);
/** Vaulted payment tokens: 8 lower-case characters. */
export const newPaymentTokenId = (): string => draw(LOWER, 8);
/** Customers in the vault: at most 22 characters. */
export const newCustomerId = (): string => `customer_${draw('0123456789', 10)}`;
/** Webhook events: two resource ids. */
export const newEventId = (): string => `WH-${newResourceId()}-${newResourceId()}`;
/** Dispute cases. */
export const newDisputeId = (): string => `PP-D-${draw('0123456789', 5)}`;
/** What support asks for: 13 hexadecimal digits. */
export const newDebugId = (): string => draw('0123456789abcdef', 13);
/** Access tokens, codes and session ids: nobody guesses them. */
export const newSecret = (prefix = ''): string => prefix + randomBytes(32).toString('base64url');
