import { z } from 'zod';
import { readBody, shortText } from '../api/body';
import type { Call, Operation } from '../api/call';
import { refuse } from '../api/refusal';
import { newPaymentTokenId } from '../state/ids';
import type { PaymentToken } from '../state/records';
import type { World } from '../state/world';
import { publish } from '../webhooks/publish';
import { liveSetupToken, moveSetupToken, VAULT_ISSUES, VAULT_KEY_LIFE_MS } from './setup-tokens';
import { paymentTokenResource, paymentTokenView } from './views';

const LARGEST_PAGE = 5;

const paymentTokenRequest = z.looseObject({
  payment_source: z.looseObject({
    token: z.looseObject({ id: shortText(36), type: z.enum(['SETUP_TOKEN', 'BILLING_AGREEMENT']) }),
  }),
});

const liveToken = (world: World, id: string): PaymentToken | undefined => {
  const token = world.paymentTokens.get(id);
  return token?.deletedAt === undefined ? token : undefined;
};

/** Keeps a wallet in the vault, and tells about it. */
export function vaultWallet(world: World, token: PaymentToken): PaymentToken {
  world.paymentTokens.set(token.id, token);
  publish(world, {
    type: 'VAULT.PAYMENT-TOKEN.CREATED',
    about: token.id,
    summary: 'A payment token has been created.',
    resource: paymentTokenResource(world, token),
  });
  return token;
}

/** Forgets a wallet: charging it is refused from now on. */
export function deleteToken(world: World, token: PaymentToken): void {
  token.deletedAt = world.now();
  world.paymentTokens.set(token.id, token);
  publish(world, {
    type: 'VAULT.PAYMENT-TOKEN.DELETED',
    about: token.id,
    summary: 'A payment token has been deleted.',
    resource: paymentTokenResource(world, token),
  });
}

const createPaymentToken: Operation = {
  method: 'POST',
  path: '/v3/vault/payment-tokens',
  dialect: 'vault',
  access: 'app',
  issues: VAULT_ISSUES,
  key: {
    lifeMs: VAULT_KEY_LIFE_MS,
    required: () => true,
    otherBody: 'refuse',
    // Vault v3 documents no 409.
    inFlightStatus: 422,
    again(world, id) {
      const token = world.paymentTokens.get(id);
      if (!token) throw new Error(`the payment token ${id} of a remembered key is missing`);
      return { status: 200, body: paymentTokenView(world, token) };
    },
  },
  run(world, call) {
    const { token: source } = readBody(call, paymentTokenRequest).payment_source;
    if (source.type !== 'SETUP_TOKEN')
      throw refuse(call.operation, 'NOT_SUPPORTED', { field: '/payment_source/token' });
    const setup = liveSetupToken(world, source.id);
    if (!setup) throw refuse(call.operation, 'INVALID_RESOURCE_ID', { field: '/payment_source/token/id' });
    if (setup.status === 'VAULTED') throw refuse(call.operation, 'SETUP_TOKEN_ALREADY_TOKENIZED');
    if (setup.status !== 'APPROVED' || setup.payerId === undefined) {
      throw refuse(call.operation, 'PAYER_ACTION_REQUIRED');
    }
    moveSetupToken(world, setup, 'VAULTED');
    const token = vaultWallet(world, {
      id: newPaymentTokenId(),
      customerId: setup.customerId,
      payerId: setup.payerId,
      ...(setup.cardId === undefined ? {} : { cardId: setup.cardId }),
      echo: setup.echo,
      createdAt: world.now(),
    });
    return { status: 201, body: paymentTokenView(world, token), resource: token.id };
  },
};

const listPaymentTokens: Operation = {
  method: 'GET',
  path: '/v3/vault/payment-tokens',
  dialect: 'vault',
  access: 'app',
  issues: VAULT_ISSUES,
  run(world, call) {
    const customerId = call.query['customer_id'];
    if (!customerId) {
      throw refuse(call.operation, 'MISSING_REQUIRED_PARAMETER', { field: 'customer_id', location: 'query' });
    }
    const tokens = world.paymentTokens
      .values()
      .filter((token) => token.customerId === customerId && token.deletedAt === undefined);
    const { page, pageSize } = pageOf(call);
    const self = `${world.settings.baseUrl}/v3/vault/payment-tokens?customer_id=${encodeURIComponent(customerId)}`;
    return {
      status: 200,
      body: {
        ...(call.query['total_required'] === 'true'
          ? { total_items: tokens.length, total_pages: Math.max(1, Math.ceil(tokens.length / pageSize)) }
          : {}),
        customer: { id: customerId },
        payment_tokens: tokens
          .slice((page - 1) * pageSize, page * pageSize)
          .map((token) => paymentTokenView(world, token)),
        links: [{ href: self, rel: 'self', method: 'GET', encType: 'application/json' }],
      },
    };
  },
};

function pageOf(call: Call): { page: number; pageSize: number } {
  const page = Number(call.query['page'] ?? 1);
  const size = Number(call.query['page_size'] ?? LARGEST_PAGE);
  const sound = (value: number): boolean => Number.isInteger(value) && value >= 1;
  if (!sound(page) || !sound(size)) {
    throw refuse(call.operation, 'INVALID_PARAMETER_VALUE', { field: 'page', location: 'query' });
  }
  return { page, pageSize: Math.min(size, LARGEST_PAGE) };
}

const getPaymentToken: Operation = {
  method: 'GET',
  path: '/v3/vault/payment-tokens/{id}',
  dialect: 'vault',
  access: 'app',
  issues: VAULT_ISSUES,
  run(world, call) {
    const token = liveToken(world, call.params['id'] ?? '');
    if (!token) throw refuse(call.operation, 'INVALID_RESOURCE_ID', { field: 'id', location: 'path' });
    return { status: 200, body: paymentTokenView(world, token) };
  },
};

const deletePaymentToken: Operation = {
  method: 'DELETE',
  path: '/v3/vault/payment-tokens/{id}',
  dialect: 'vault',
  access: 'app',
  issues: {
    ...VAULT_ISSUES,
    INVALID_RESOURCE_ID: { status: 400, description: 'Specified resource ID does not exist.' },
  },
  run(world, call) {
    const token = world.paymentTokens.get(call.params['id'] ?? '');
    // Vault v3 documents no 404 for a deletion: an id that never was is a bad request, one that is gone is gone.
    if (!token) throw refuse(call.operation, 'INVALID_RESOURCE_ID', { field: 'id', location: 'path' });
    if (token.deletedAt === undefined) {
      publish(world, {
        type: 'VAULT.PAYMENT-TOKEN.DELETION-INITIATED',
        about: token.id,
        summary: 'A request to delete a payment token was made.',
        resource: paymentTokenResource(world, token),
      });
      deleteToken(world, token);
    }
    return { status: 204 };
  },
};

export const PAYMENT_TOKEN_OPERATIONS: readonly Operation[] = [
  createPaymentToken,
  listPaymentTokens,
  getPaymentToken,
  deletePaymentToken,
];
