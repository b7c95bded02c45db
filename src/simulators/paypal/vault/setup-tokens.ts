import { z } from 'zod';
import { readBody, shortText } from '../api/body';
import type { Operation } from '../api/call';
import type { IssueTable } from '../api/refusal';
import { Refusal, refuse } from '../api/refusal';
import { newCustomerId, newResourceId } from '../state/ids';
import type { SetupToken, SetupTokenStatus } from '../state/records';
import type { World } from '../state/world';
import { cardsOf } from '../money/accounts';
import type { TestCard } from './test-cards';
import { setupTokenView } from './views';

/** Where a setup token can go from where. One without return addresses cannot be approved. */
const SETUP_TOKEN_STATES: Readonly<Record<SetupTokenStatus, readonly SetupTokenStatus[]>> = {
  CREATED: [],
  PAYER_ACTION_REQUIRED: ['APPROVED'],
  APPROVED: ['VAULTED'],
  VAULTED: [],
};

/** Vault v3 remembers a PayPal-Request-Id for three hours and requires one. */
export const VAULT_KEY_LIFE_MS = 3 * 3_600_000;

/** A setup token lives three days. */
const SETUP_TOKEN_LIFE_MS = 3 * 86_400_000;

/** Issues of Vault v3 (https://developer.paypal.com/api/payment-tokens/v3/errors/). */
export const VAULT_ISSUES: IssueTable = {
  MISSING_REQUIRED_PARAMETER: { status: 400, description: 'A required field / parameter is missing.' },
  INVALID_PARAMETER_SYNTAX: {
    status: 400,
    description: 'The value of a field does not conform to the expected format.',
  },
  INVALID_PARAMETER_VALUE: { status: 400, description: 'The value of a field is invalid.' },
  INVALID_STRING_LENGTH: { status: 400, description: 'The value of a field is either too short or too long.' },
  PAYPAL_REQUEST_ID_REQUIRED: { status: 400, description: 'A PayPal-Request-Id is required.' },
  NOT_SUPPORTED: { status: 400, description: 'This field is not currently supported.' },
  PERMISSION_DENIED: {
    status: 403,
    description: 'You do not have permission to access or perform operations on this resource.',
  },
  INVALID_RESOURCE_ID: {
    status: 404,
    description: 'Specified resource ID does not exist. Please check the resource ID and try again.',
  },
  PAYER_ACTION_REQUIRED: {
    status: 422,
    description: 'Please make sure setup up token is approved. Please complete the approval flow.',
  },
  SETUP_TOKEN_ALREADY_TOKENIZED: {
    status: 422,
    description: 'The setup token has been used previously to generate a payment token.',
  },
};

/** Moves a setup token on. Throws if it cannot go there. */
export function moveSetupToken(world: World, token: SetupToken, to: SetupTokenStatus): void {
  if (!SETUP_TOKEN_STATES[token.status].includes(to)) throw new Error(`a ${token.status} token cannot become ${to}`);
  token.status = to;
  world.setupTokens.set(token.id, token);
}

/** A setup token that is still alive. */
export function liveSetupToken(world: World, id: string): SetupToken | undefined {
  const token = world.setupTokens.get(id);
  return token && token.createdAt + SETUP_TOKEN_LIFE_MS > world.now() ? token : undefined;
}

/** The payer agrees on the web page. */
export function approveSetupToken(world: World, token: SetupToken, payerId: string): void {
  token.payerId = payerId;
  moveSetupToken(world, token, 'APPROVED');
}

/** The payer chooses a card on the web page. */
export function chooseCard(world: World, token: SetupToken, { id }: TestCard): void {
  token.cardId = id;
  approveSetupToken(world, token, cardsOf(world).payerId);
}

const experience = z.looseObject({ return_url: z.string().optional(), cancel_url: z.string().optional() }).optional();

const setupTokenRequest = z.looseObject({
  customer: z.looseObject({ id: z.string().regex(/^[0-9a-zA-Z_-]{1,22}$/) }).optional(),
  payment_source: z.looseObject({
    paypal: z
      .looseObject({
        description: shortText(128).optional(),
        usage_pattern: shortText(255).optional(),
        usage_type: shortText(255).optional(),
        customer_type: shortText(255).optional(),
        permit_multiple_payment_tokens: z.boolean().optional(),
        experience_context: experience,
      })
      .optional(),
    card: z.looseObject({ number: z.unknown().optional(), experience_context: experience }).optional(),
  }),
});

/** What PayPal gives back of a wallet as it was sent. */
const ECHOED = [
  'description',
  'usage_pattern',
  'usage_type',
  'customer_type',
  'permit_multiple_payment_tokens',
] as const;

const createSetupToken: Operation = {
  method: 'POST',
  path: '/v3/vault/setup-tokens',
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
      const token = world.setupTokens.get(id);
      if (!token) throw new Error(`the setup token ${id} of a remembered key is missing`);
      return { status: 200, body: setupTokenView(world, token) };
    },
  },
  run(world, call) {
    const { customer, payment_source: source } = readBody(call, setupTokenRequest);
    const { paypal, card } = source;
    // Numbers are typed on PayPal's own page or nowhere.
    const kept = paypal ?? (card?.number === undefined ? card : undefined);
    if (!kept) throw refuse(call.operation, 'NOT_SUPPORTED', { field: '/payment_source', location: 'body' });
    const { return_url: returnUrl, cancel_url: cancelUrl } = kept.experience_context ?? {};
    const approvable = returnUrl !== undefined && cancelUrl !== undefined;
    const token: SetupToken = {
      id: newResourceId(),
      status: approvable ? 'PAYER_ACTION_REQUIRED' : 'CREATED',
      customerId: customer?.id ?? newCustomerId(),
      ...(paypal ? {} : { source: 'card' as const }),
      echo: Object.fromEntries(ECHOED.flatMap((name) => (paypal?.[name] === undefined ? [] : [[name, paypal[name]]]))),
      ...(approvable ? { returnUrl, cancelUrl } : {}),
      createdAt: world.now(),
    };
    world.setupTokens.set(token.id, token);
    return { status: 201, body: setupTokenView(world, token), resource: token.id };
  },
};

const getSetupToken: Operation = {
  method: 'GET',
  path: '/v3/vault/setup-tokens/{id}',
  dialect: 'vault',
  access: 'app',
  issues: VAULT_ISSUES,
  run(world, call) {
    const token = liveSetupToken(world, call.params['id'] ?? '');
    if (!token) throw new Refusal('RESOURCE_NOT_FOUND', [{ issue: 'INVALID_RESOURCE_ID', location: 'path' }]);
    return { status: 200, body: setupTokenView(world, token) };
  },
};

export const SETUP_TOKEN_OPERATIONS: readonly Operation[] = [createSetupToken, getSetupToken];
