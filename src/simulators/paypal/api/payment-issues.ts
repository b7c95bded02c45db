import type { IssueTable } from './refusal';

/* Issues of Payments v2 with PayPal's own words (Payments v2 specification 2.5). */

const RESOURCE: IssueTable = {
  INVALID_ACCOUNT_STATUS: { status: 401, description: 'Account validations failed for the user.' },
  PERMISSION_DENIED: {
    status: 403,
    description: 'You do not have permission to access or perform operations on this resource.',
  },
  INVALID_RESOURCE_ID: {
    status: 404,
    description: 'Specified resource ID does not exist. Please check the resource ID and try again.',
  },
};

/** `GET /v2/payments/captures/{id}` and `GET /v2/payments/refunds/{id}`. */
export const GET_PAYMENT_ISSUES: IssueTable = RESOURCE;

/** `POST /v2/payments/captures/{id}/refund`. */
export const REFUND_ISSUES: IssueTable = {
  ...RESOURCE,
  // PayPal publishes these names without a description.
  MISSING_REQUIRED_PARAMETER: { status: 400 },
  INVALID_PARAMETER_SYNTAX: { status: 400 },
  INVALID_STRING_LENGTH: { status: 400 },
  CANNOT_BE_ZERO_OR_NEGATIVE: { status: 422 },
  CANNOT_BE_NEGATIVE: { status: 422 },
  DECIMAL_PRECISION: { status: 422 },
  DECIMALS_NOT_SUPPORTED: { status: 422 },
  INVALID_CURRENCY_CODE: { status: 422 },
  CURRENCY_MISMATCH: { status: 422 },
  PREVIOUS_REQUEST_IN_PROGRESS: {
    status: 409,
    description:
      'A previous request on this resource is currently in progress. Please wait for sometime and try again. It is best to space out the initial and the subsequent request(s) to avoid receiving this error.',
  },
  CAPTURE_FULLY_REFUNDED: { status: 422, description: 'The capture has already been fully refunded' },
  REFUND_CAPTURE_CURRENCY_MISMATCH: {
    status: 422,
    description: 'Refund must be in the same currency as the capture',
  },
  REFUND_NOT_ALLOWED: { status: 422, description: 'Capture cannot be refunded.' },
  REFUND_TIME_LIMIT_EXCEEDED: {
    status: 422,
    description: 'You are over the time limit to perform a refund on this capture',
  },
  REFUND_AMOUNT_EXCEEDED: {
    status: 422,
    description: 'The refund amount must be less than or equal to the capture amount that has not yet been refunded.',
  },
  REFUND_FAILED_INSUFFICIENT_FUNDS: {
    status: 422,
    description:
      'Capture could not be refunded due to insufficient funds. Please check to see if you have sufficient funds in your PayPal account or if the bank account linked to your PayPal account is verified and has sufficient funds.',
  },
  PARTIAL_REFUND_NOT_ALLOWED: {
    status: 422,
    description: 'You cannot do a refund less than the original capture amount.',
  },
  MAX_NUMBER_OF_REFUNDS_EXCEEDED: {
    status: 422,
    description: 'You have exceeded the maximum number of refund attempts for this capture.',
  },
  PENDING_CAPTURE: {
    status: 422,
    description:
      'Cannot initiate a refund as the capture is pending. Capture is typically pending when the payer has funded the transaction using e-check/bank funded.',
  },
  DUPLICATE_INVOICE_ID: { status: 422, description: 'Invoice ID was previously used to refund a capture.' },
  PAYEE_ACCOUNT_LOCKED_OR_CLOSED: {
    status: 422,
    description: 'Transaction could not complete because payee account is locked or closed.',
  },
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: {
    status: 422,
    description: 'The payer account cannot be used for this transaction.',
  },
  PAYEE_ACCOUNT_RESTRICTED: { status: 422, description: 'Payee account is restricted.' },
  REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK: {
    status: 422,
    description:
      'Refunds are not allowed on this capture due to a chargeback on the card or bank. Please contact the payee to resolve the chargeback.',
  },
  TRANSACTION_DISPUTED: {
    status: 422,
    description:
      'Partial refunds cannot be offered at this time because there is an open case on this transaction. Visit the PayPal Resolution Center to review this case.',
  },
};
