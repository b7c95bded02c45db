import { ORDER_OPERATIONS } from '../checkout/orders';
import { PAYMENT_OPERATIONS } from '../checkout/refunds';
import { TOKEN_OPERATION } from '../identity/tokens';
import { USERINFO_OPERATIONS } from '../identity/userinfo';
import { PAYOUT_OPERATIONS } from '../payouts/payouts';
import { DISPUTE_OPERATIONS } from '../reporting/disputes';
import { TRANSACTION_OPERATION } from '../reporting/transactions';
import { PAYMENT_TOKEN_OPERATIONS } from '../vault/payment-tokens';
import { SETUP_TOKEN_OPERATIONS } from '../vault/setup-tokens';
import { EVENT_OPERATIONS } from '../webhooks/event-api';
import { LISTENER_OPERATIONS } from '../webhooks/listeners';
import type { Operation } from './call';

/** Everything that the simulated API can do. */
export const OPERATIONS: readonly Operation[] = [
  TOKEN_OPERATION,
  ...USERINFO_OPERATIONS,
  ...ORDER_OPERATIONS,
  ...PAYMENT_OPERATIONS,
  ...SETUP_TOKEN_OPERATIONS,
  ...PAYMENT_TOKEN_OPERATIONS,
  ...PAYOUT_OPERATIONS,
  TRANSACTION_OPERATION,
  ...DISPUTE_OPERATIONS,
  ...LISTENER_OPERATIONS,
  ...EVENT_OPERATIONS,
];
