import { createHmac } from 'node:crypto';

/** The two signature headers of every webhook: the old SHA-1 one, which many clients still read, and the SHA-256 one. */
export interface SignatureHeaders {
  readonly 'x-hub-signature': string;
  readonly 'x-hub-signature-256': string;
}

/** Signs the exact bytes of a webhook body with the app secret. */
export function signBody(body: Buffer, appSecret: string): SignatureHeaders {
  return {
    'x-hub-signature': `sha1=${createHmac('sha1', appSecret).update(body).digest('hex')}`,
    'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`,
  };
}
