import type { Client } from '@temporalio/client';
import { accountLinkGateway } from './account-link';
import { conversationGateway } from './conversation';
import type { Gateway } from './gateway';
import { moneyRequestGateway } from './money-request';
import { paymentGateway } from './payment';
import { readiness } from './readiness';
import { stepUpGateway } from './step-up';

/** What the gateway needs. Its client is one of `connection.ts`: encrypting and traced. */
export interface GatewayDeps {
  readonly client: Client;
  readonly taskQueues: { readonly money: string; readonly chat: string };
}

/** The one door to Temporal. */
export function createGateway(deps: GatewayDeps): Gateway {
  return {
    ...conversationGateway(deps),
    ...paymentGateway(deps),
    ...accountLinkGateway(deps),
    ...moneyRequestGateway(deps),
    ...stepUpGateway(deps),
    ...readiness(deps),
  };
}
