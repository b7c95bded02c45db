/** Why a delivery is not believed; for logs and counters. */
export type WebhookRefusalCode =
  | 'header-missing'
  | 'algorithm'
  | 'transmission-time'
  | 'certificate-address'
  | 'certificate-unavailable'
  | 'certificate-untrusted'
  | 'signature'
  | 'malformed';

/** A delivery that is not accepted. Carries nothing of the delivery itself but what its sender cannot choose. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
  constructor(
    readonly code: WebhookRefusalCode,
    /** Which rule it broke, in our own words. */
    readonly rule: string,
    /** True where the same delivery may be accepted later: answer 503, so that PayPal delivers it again. */
    readonly retryable = false,
  ) {
    super(`webhook refused: ${code} (${rule})`);
  }
}
