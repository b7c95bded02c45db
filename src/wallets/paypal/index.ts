import type { WalletLinking } from '../../domain/linking/identity-provider';
import type { Wallet } from '../../domain/money/wallet';
import { readCharge, refundCapture } from './resources/captures';
import { beginCard, completeCard } from './resources/cards';
import { identify } from './resources/identity';
import { chargeVaulted } from './resources/orders';
import { cancelPayout, findPayout, payOut } from './resources/payouts';
import { readStatement } from './resources/statement';
import { findCharge } from './resources/transactions';
import { beginVault, completeVault, removeVault } from './resources/vault';
import { createPayPalHttp } from './transport/http';

export { authorizeUrl, passwordResetUrl } from './authorize-url';

/** Where PayPal is and who we are there. */
export interface PayPalOptions {
  /** `https://api-m.paypal.com`, `https://api-m.sandbox.paypal.com`, or a simulator. */
  apiUrl: string;
  /** Address of PayPal's pages for people; a link to approve must lead there. */
  webUrl: string;
  clientId: string;
  clientSecret: string;
  /** Longest one exchange may take, in milliseconds. A call is one to four exchanges, looking a charge up more. */
  timeoutMs?: number;
  /** The time, in milliseconds since the epoch; the real one by default. */
  now?: () => number;
  /** Headers that carry the current trace to PayPal. */
  traceHeaders?: () => Record<string, string>;
}

/** PayPal answers a charge within a few seconds; an activity's attempt of 30 s still holds token, 401 and repetition. */
const DEFAULT_TIMEOUT_MS = 10_000;

/** PayPal as the wallet that moves money and as the provider people link. Every method throws `ProviderFailure`. */
export function createPayPal(options: PayPalOptions): Wallet & WalletLinking {
  const { now = Date.now } = options;
  const http = createPayPalHttp({
    apiUrl: options.apiUrl,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    traceHeaders: options.traceHeaders ?? (() => ({})),
    now,
  });
  return {
    charge: (request) => chargeVaulted(http, request, new Date(now())),
    findCharge: (paymentId, since) => findCharge(http, paymentId, since, new Date(now())),
    readCharge: (captureId) => readCharge(http, captureId),
    payOut: (request) => payOut(http, request),
    findPayout: (batchId) => findPayout(http, batchId),
    cancelPayout: (itemId) => cancelPayout(http, itemId),
    statement: (since, until) => readStatement(http, since, until),
    refund: (request) => refundCapture(http, request),
    identify: (login) => identify(http, login),
    beginVault: (request) => beginVault(http, options.webUrl, request),
    completeVault: (request) => completeVault(http, request),
    beginCard: (request) => beginCard(http, options.webUrl, request),
    completeCard: (request) => completeCard(http, request),
    removeVault: (token) => removeVault(http, token),
  };
}
