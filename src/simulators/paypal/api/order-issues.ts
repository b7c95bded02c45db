import type { IssueTable } from './refusal';

/*
 * Issues of Orders v2 with PayPal's own words (Orders v2 specification 2.13; the double space in INSTRUMENT_DECLINED is
 * PayPal's). What concerns cards, banks and other wallets is left out: nothing here can bring it about.
 */

const AGREEMENTS: IssueTable = {
  AGREEMENT_ALREADY_CANCELLED: { status: 422, description: 'The requested agreement is already canceled.' },
  BILLING_AGREEMENT_NOT_FOUND: { status: 422, description: 'The requested Billing Agreement token was not found.' },
};

/** What can go wrong when money is taken; both when an order is created with a wallet and when it is captured. */
const CHARGING: IssueTable = {
  ...AGREEMENTS,
  COMPLIANCE_VIOLATION: { status: 422, description: 'Transaction is declined due to compliance violation.' },
  DOMESTIC_TRANSACTION_REQUIRED: {
    status: 422,
    description:
      'This transaction requires the payee and payer to be resident in the same country, a domestic transaction is required to create this payment.',
  },
  DUPLICATE_INVOICE_ID: {
    status: 422,
    description:
      'Duplicate Invoice ID detected. To avoid a potential duplicate transaction your account setting requires that Invoice Id be unique for each transaction.',
  },
  INSTRUMENT_DECLINED: {
    status: 422,
    description:
      "The instrument presented  was either declined by the processor or bank, or it can't be used for this payment.",
  },
  MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED: {
    status: 422,
    description: 'You have exceeded the maximum number of payment attempts.',
  },
  PAYEE_BLOCKED_TRANSACTION: {
    status: 422,
    description: 'The Fraud settings for this seller are such that this payment cannot be executed.',
  },
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: {
    status: 422,
    description: 'The payer account cannot be used for this transaction.',
  },
  PAYER_ACCOUNT_RESTRICTED: { status: 422, description: 'PAYER_ACCOUNT_RESTRICTED' },
  TRANSACTION_BLOCKED_BY_PAYEE: {
    status: 422,
    description: 'Transaction blocked by Payee’s Fraud Protection settings.',
  },
  TRANSACTION_LIMIT_EXCEEDED: { status: 422, description: 'Total payment amount exceeded transaction limit.' },
  TRANSACTION_RECEIVING_LIMIT_EXCEEDED: {
    status: 422,
    description: "The transaction exceeds the receiver's receiving limit.",
  },
  TRANSACTION_REFUSED: { status: 422, description: 'The request was refused.' },
  AUTH_CAPTURE_NOT_ENABLED: {
    status: 422,
    description:
      'Authorization and Capture feature is not enabled for the merchant. Make sure that the recipient of the funds is a verified business account.',
  },
  INCOMPATIBLE_PARAMETER_VALUE: {
    status: 422,
    description: 'The value of the field is incompatible/redundant with other fields in the order.',
  },
  MERCHANT_INITIATED_WITH_MULTIPLE_PURCHASE_UNITS: {
    status: 422,
    description:
      '`stored_payment_source.payment_initiator` = `MERCHANT` is not supported if more than one purchase_unit is present in the Order. Merchant initiated payments are not supported from orders with more than one purchase_unit. Please retry the request with multiple Order requests (one for each purchase_unit).',
  },
  MISMATCHED_VAULT_ID_TO_PAYMENT_SOURCE: {
    status: 422,
    description:
      'The vault_id does not match the payment_source provided. Please verify that the vault_id token used refers to the matching payment_source and try again. For example, a PayPal token cannot be passed in the vault_id field in the payment_source.card object.',
  },
};

/** `POST /v2/checkout/orders`. */
export const CREATE_ORDER_ISSUES: IssueTable = {
  INVALID_ARRAY_MAX_ITEMS: { status: 400, description: 'The number of items in an array parameter is too large.' },
  INVALID_ARRAY_MIN_ITEMS: { status: 400, description: 'The number of items in an array parameter is too small.' },
  INVALID_PARAMETER_SYNTAX: {
    status: 400,
    description: 'The value of a field does not conform to the expected format.',
  },
  INVALID_STRING_LENGTH: { status: 400, description: 'The value of a field is either too short or too long' },
  INVALID_PARAMETER_VALUE: { status: 400, description: 'A parameter value is not valid.' },
  MISSING_REQUIRED_PARAMETER: { status: 400, description: 'A required parameter is missing.' },
  NOT_SUPPORTED: { status: 400, description: 'This field is not currently supported.' },
  PAYPAL_REQUEST_ID_REQUIRED: {
    status: 400,
    description:
      "A PayPal-Request-Id is required if you are trying to process payment for an Order. Please specify a PayPal-Request-Id or Create the Order without a 'payment_source' specified.",
  },
  MALFORMED_REQUEST_JSON: { status: 400, description: 'The request JSON is not well formed.' },
  INVALID_ACCOUNT_STATUS: { status: 401, description: 'Account validations failed for the user.' },
  // Not among the issues of this operation, but what it says of somebody else's payee (capture lists it with 403).
  PERMISSION_DENIED: {
    status: 403,
    description: 'You do not have permission to access or perform operations on this resource.',
  },
  AMOUNT_MISMATCH: {
    status: 422,
    description:
      'Should equal item_total + tax_total + shipping + handling + insurance - shipping_discount - discount.',
  },
  CANNOT_BE_NEGATIVE: {
    status: 422,
    description:
      'Must be greater than or equal to 0. If the currency supports decimals, only two decimal place precision is supported.',
  },
  CANNOT_BE_ZERO_OR_NEGATIVE: {
    status: 422,
    description:
      'Must be greater than zero. If the currency supports decimals, only two decimal place precision is supported.',
  },
  DECIMAL_PRECISION: {
    status: 422,
    description: 'If the currency supports decimals, only two decimal place precision is supported.',
  },
  // Seen at the sandbox for yen, forint and Taiwan dollar; the specification knows it from Payments v2 only.
  DECIMALS_NOT_SUPPORTED: {
    status: 422,
    description:
      'Currency does not support decimals. Please refer to https://developer.paypal.com/docs/api/reference/currency-codes/ for more information.',
  },
  DUPLICATE_REFERENCE_ID: {
    status: 422,
    description: '`reference_id` must be unique if multiple `purchase_unit` are provided.',
  },
  INVALID_CURRENCY_CODE: {
    status: 422,
    description:
      'Currency code is invalid or is not currently supported. Please refer https://developer.paypal.com/api/rest/reference/currency-codes/ for list of supported currency codes.',
  },
  ITEM_TOTAL_MISMATCH: {
    status: 422,
    description: 'Should equal sum of (unit_amount * quantity) across all items for a given purchase_unit.',
  },
  ITEM_TOTAL_REQUIRED: {
    status: 422,
    description:
      'If item details are specified (items.unit_amount and items.quantity) corresponding amount.breakdown.item_total is required.',
  },
  MAX_VALUE_EXCEEDED: { status: 422, description: 'Should be less than or equal to 999999999999999.99.' },
  MULTI_CURRENCY_ORDER: {
    status: 422,
    description:
      'Multiple differing values of currency_code are not supported. Entire Order request must have the same currency_code.',
  },
  PAYEE_ACCOUNT_INVALID: {
    status: 422,
    description:
      'Payee account specified is invalid. Please check the `payee.email_address` or `payee.merchant_id` specified and try again. Ensure that either  `payee.merchant_id` or `payee.email_address` is specified.',
  },
  PAYEE_ACCOUNT_LOCKED_OR_CLOSED: { status: 422, description: 'The merchant account is locked or closed.' },
  PAYEE_ACCOUNT_RESTRICTED: { status: 422, description: 'The merchant account is restricted.' },
  REFERENCE_ID_REQUIRED: {
    status: 422,
    description: "'reference_id' is required for each 'purchase_unit' if multiple 'purchase_unit' are provided.",
  },
  PAYER_CANNOT_PAY: {
    status: 422,
    description: 'Combination of payer and payee settings mean that this buyer cannot pay this seller.',
  },
  NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE: {
    status: 422,
    description:
      'The API caller or the merchant on whose behalf the API call is initiated is not allowed to vault the given source. Please contact PayPal customer support for assistance.',
  },
  TOKEN_EXPIRED: { status: 422, description: 'The token is expired and cannot be used for payment.' },
  ...CHARGING,
};

const ORDER_NOT_FOUND: IssueTable = {
  INVALID_ACCOUNT_STATUS: { status: 401, description: 'Account validations failed for the user.' },
  INVALID_RESOURCE_ID: {
    status: 404,
    description: 'Specified resource ID does not exist. Please check the resource ID and try again.',
  },
};

/** `GET /v2/checkout/orders/{id}`. */
export const GET_ORDER_ISSUES: IssueTable = ORDER_NOT_FOUND;

/** `POST /v2/checkout/orders/{id}/capture`. */
export const CAPTURE_ORDER_ISSUES: IssueTable = {
  ...ORDER_NOT_FOUND,
  INVALID_PARAMETER_VALUE: { status: 400, description: 'A parameter value is not valid.' },
  MISSING_REQUIRED_PARAMETER: { status: 400, description: 'A required field / parameter is missing' },
  INVALID_STRING_LENGTH: { status: 400, description: 'The value of a field is either too short or too long' },
  INVALID_PARAMETER_SYNTAX: {
    status: 400,
    description: 'The value of a field does not conform to the expected format.',
  },
  MALFORMED_REQUEST_JSON: { status: 400, description: 'The request JSON is not well formed.' },
  CONSENT_NEEDED: { status: 403, description: 'CONSENT_NEEDED' },
  PERMISSION_DENIED: {
    status: 403,
    description: 'You do not have permission to access or perform operations on this resource.',
  },
  ORDER_NOT_APPROVED: {
    status: 422,
    description:
      "Payer has not yet approved the Order for payment. Please redirect the payer to the 'rel':'approve' url returned as part of the HATEOAS links within the Create Order call or provide a valid `payment_source` in the request.",
  },
  ORDER_ALREADY_CAPTURED: {
    status: 422,
    description: "Order already captured.If 'intent=CAPTURE' only one capture per order is allowed.",
  },
  ORDER_COMPLETION_IN_PROGRESS: {
    status: 422,
    description:
      'The order was created with processing_instruction of ORDER_COMPLETE_ON_PAYMENT_APPROVAL. The customer has approved the payment and PayPal is still in the process of capturing the order on your behalf as instructed. Please try your request again.',
  },
  PAYER_ACTION_REQUIRED: {
    status: 422,
    description: 'Transaction cannot complete successfully, instruct the buyer to return to PayPal.',
  },
  PAYER_CANNOT_PAY: {
    status: 422,
    description:
      'Payer cannot pay for this transaction. Please contact the payer to find other ways to pay for this transaction.',
  },
  REDIRECT_PAYER_FOR_ALTERNATE_FUNDING: {
    status: 422,
    description: 'Transaction failed. Redirect the payer to select another funding source.',
  },
  TOKEN_ID_NOT_FOUND: {
    status: 422,
    description: 'Specified token was not found. Verify the token and try the request again.',
  },
  ...CHARGING,
};
