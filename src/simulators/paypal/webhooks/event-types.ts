/** The events that this simulator sends, with what their `resource` is and the sentence that describes the name. */
export const EVENT_TYPES = {
  'CHECKOUT.ORDER.APPROVED': ['checkout-order', '2.0', 'An order has been approved by buyer.'],
  'CHECKOUT.ORDER.COMPLETED': ['checkout-order', '2.0', 'Checkout order is complete.'],
  'PAYMENT.CAPTURE.COMPLETED': ['capture', '2.0', 'A payment capture completes.'],
  'PAYMENT.CAPTURE.PENDING': ['capture', '2.0', 'The state of a payment capture changes to pending.'],
  'PAYMENT.CAPTURE.DECLINED': ['capture', '2.0', 'A payment capture is declined.'],
  'PAYMENT.CAPTURE.DENIED': ['capture', '2.0', 'A payment capture is denied.'],
  'PAYMENT.CAPTURE.REFUNDED': ['refund', '2.0', 'A merchant refunds a payment capture.'],
  'PAYMENT.CAPTURE.REVERSED': ['refund', '2.0', 'PayPal reverses a payment capture.'],
  'PAYMENT.PAYOUTSBATCH.PROCESSING': ['payouts', '1.0', 'The batch payout payment state changes to processing.'],
  'PAYMENT.PAYOUTSBATCH.SUCCESS': ['payouts', '1.0', 'A batch payout payment completes successfully.'],
  'PAYMENT.PAYOUTSBATCH.DENIED': ['payouts', '1.0', 'A batch payout payment is denied.'],
  'PAYMENT.PAYOUTS-ITEM.SUCCEEDED': ['payouts_item', '1.0', 'A payouts item succeeds.'],
  'PAYMENT.PAYOUTS-ITEM.UNCLAIMED': ['payouts_item', '1.0', 'A payouts item is unclaimed.'],
  'PAYMENT.PAYOUTS-ITEM.RETURNED': ['payouts_item', '1.0', 'A payouts item is returned.'],
  'PAYMENT.PAYOUTS-ITEM.CANCELED': ['payouts_item', '1.0', 'A payouts item is canceled.'],
  'PAYMENT.PAYOUTS-ITEM.FAILED': ['payouts_item', '1.0', 'A payouts item fails.'],
  'PAYMENT.PAYOUTS-ITEM.BLOCKED': ['payouts_item', '1.0', 'A payouts item is blocked.'],
  'PAYMENT.PAYOUTS-ITEM.HELD': ['payouts_item', '1.0', 'A payouts item is held.'],
  'PAYMENT.PAYOUTS-ITEM.REFUNDED': ['payouts_item', '1.0', 'A payouts item is refunded.'],
  'VAULT.PAYMENT-TOKEN.CREATED': ['payment_token', '3.0', 'A payment token has been created.'],
  'VAULT.PAYMENT-TOKEN.DELETION-INITIATED': ['payment_token', '3.0', 'A request to delete a payment token was made.'],
  'VAULT.PAYMENT-TOKEN.DELETED': ['payment_token', '3.0', 'A payment token has been deleted.'],
  'CUSTOMER.DISPUTE.CREATED': ['dispute', '1.0', 'A dispute is created.'],
  'CUSTOMER.DISPUTE.UPDATED': ['dispute', '1.0', 'A dispute is updated.'],
  'CUSTOMER.DISPUTE.RESOLVED': ['dispute', '1.0', 'A dispute is resolved.'],
  'IDENTITY.AUTHORIZATION-CONSENT.REVOKED': ['authorization-consent', '1.0', 'A user revokes a consent.'],
} as const satisfies Record<string, readonly [resourceType: string, version: string, description: string]>;

export type EventType = keyof typeof EVENT_TYPES;

/** Whether PayPal knows the name; `*` stands for all events. */
export const isEventType = (name: string): name is EventType | '*' => name === '*' || name in EVENT_TYPES;
