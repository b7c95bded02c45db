import { CAPTURE_ORDER_ISSUES, CREATE_ORDER_ISSUES, GET_ORDER_ISSUES } from '../api/order-issues';
import { wantsRepresentation } from '../api/call';
import type { Answer, Call, Operation } from '../api/call';
import { refuse } from '../api/refusal';
import { balanceOf } from '../money/bank';
import { platformOf } from '../money/accounts';
import { newResourceId } from '../state/ids';
import type { Order, OrderStatus, PaymentToken, PurchaseUnit } from '../state/records';
import type { World } from '../state/world';
import { publish } from '../webhooks/publish';
import { testCard } from '../vault/test-cards';
import { noteDeclined, takeMoney } from './captures';
import { readOrderRequest } from './order-request';
import type { OrderRequest } from './order-request';
import { minimalOrderView, orderView } from './order-views';

/** Where an order can go from where. */
const ORDER_STATES: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  CREATED: ['APPROVED', 'COMPLETED'],
  PAYER_ACTION_REQUIRED: ['APPROVED'],
  APPROVED: ['APPROVED', 'COMPLETED'],
  COMPLETED: [],
  VOIDED: [],
};

/** Orders v2 remembers a PayPal-Request-Id for six hours. */
const KEY_LIFE_MS = 6 * 3_600_000;

/** A payer has six hours to approve, and the caller six more to capture; after that the order is gone. */
const WINDOW_MS = 6 * 3_600_000;

function moveOrder(world: World, order: Order, to: OrderStatus): void {
  if (!ORDER_STATES[order.status].includes(to)) throw new Error(`a ${order.status} order cannot become ${to}`);
  order.status = to;
  order.updatedAt = world.now();
  world.orders.set(order.id, order);
}

/** An order that still counts: completed, or within its window. */
export function liveOrder(world: World, id: string): Order | undefined {
  const order = world.orders.get(id);
  if (!order) return undefined;
  return order.status === 'COMPLETED' || order.updatedAt + WINDOW_MS > world.now() ? order : undefined;
}

const answerOrder = (world: World, order: Order, call: Call, status: number): Answer => ({
  status,
  body: wantsRepresentation(call) ? orderView(world, order) : minimalOrderView(world, order),
  resource: order.id,
});

/** A repeated key gives 200 and the order as it is now, whatever the repeat's body says. */
const again = (world: World, id: string, call: Call): Answer => {
  const order = world.orders.get(id);
  if (!order) throw new Error(`the order ${id} of a remembered key is missing`);
  return answerOrder(world, order, call, 200);
};

const chargesAtOnce = (call: Call): boolean => {
  const body = call.body as { payment_source?: Record<string, { vault_id?: unknown } | undefined> } | undefined;
  return Object.values(body?.payment_source ?? {}).some((source) => source?.vault_id !== undefined);
};

function newOrder(world: World, request: OrderRequest): Order {
  const flow = request.source === 'vault' ? 'vault' : request.source === 'wallet' ? 'payer-action' : 'approve';
  return {
    id: newResourceId(),
    status: flow === 'payer-action' ? 'PAYER_ACTION_REQUIRED' : 'CREATED',
    units: request.units,
    flow,
    ...(request.returnUrl === undefined ? {} : { returnUrl: request.returnUrl }),
    ...(request.cancelUrl === undefined ? {} : { cancelUrl: request.cancelUrl }),
    ...(request.brand === undefined ? {} : { brand: request.brand }),
    createdAt: world.now(),
    updatedAt: world.now(),
  };
}

/** Whose wallet or which card a vault id opens, if it still does. */
function payerOfVault(world: World, call: Call, request: OrderRequest): PaymentToken {
  const token = world.paymentTokens.get(request.vaultId ?? '');
  const field = `/payment_source/${request.card ? 'card' : 'paypal'}/vault_id`;
  if (!token || (token.cardId !== undefined) !== request.card) {
    throw refuse(call.operation, 'BILLING_AGREEMENT_NOT_FOUND', { field });
  }
  if (token.deletedAt !== undefined) {
    throw refuse(call.operation, 'AGREEMENT_ALREADY_CANCELLED', { field });
  }
  // A token with usage_type MERCHANT pays the merchant that vaulted it and nobody else.
  const platform = platformOf(world).payerId;
  if (request.units.some(({ payeeId }) => payeeId !== platform)) throw refuse(call.operation, 'PERMISSION_DENIED');
  return token;
}

/** Refuses what the payer cannot pay. Afterwards taking the money cannot fail. */
function checkPayer(world: World, call: Call, units: PurchaseUnit[], payerId: string): void {
  checkInvoices(world, call, units);
  const payer = world.accountOf(payerId);
  if (payer.state === 'closed') throw refuse(call.operation, 'PAYER_ACCOUNT_LOCKED_OR_CLOSED');
  if (payer.state === 'restricted') throw refuse(call.operation, 'PAYER_ACCOUNT_RESTRICTED');
  if (units.some(({ payeeId }) => payeeId === payerId)) throw refuse(call.operation, 'PAYER_CANNOT_PAY');
  const currency = units[0]?.money.currency ?? 'USD';
  const sum = units.reduce((total, { money }) => total + money.minor, 0);
  if (balanceOf(payer, currency) < sum) throw refuse(call.operation, 'INSTRUMENT_DECLINED');
}

function checkInvoices(world: World, call: Call, units: PurchaseUnit[]): void {
  const invoices = units.map(({ invoiceId }) => invoiceId).filter((id) => id !== undefined);
  if (invoices.some((id) => world.invoices.has(id)) || new Set(invoices).size < invoices.length) {
    throw refuse(call.operation, 'DUPLICATE_INVOICE_ID');
  }
}

/** What a bank does not pay for is refused where the card has ended, and is a declined capture otherwise. */
function chargeCard(world: World, call: Call, order: Order, { cardId = '', payerId }: PaymentToken): void {
  checkInvoices(world, call, order.units);
  const { answer } = testCard(cardId);
  if (answer === '5400') throw refuse(call.operation, 'INSTRUMENT_DECLINED');
  order.cardId = cardId;
  complete(world, order, payerId, answer === 'pays' ? undefined : answer);
}

function complete(world: World, order: Order, payerId: string, declinedWith?: string): void {
  order.payerId = payerId;
  for (const unit of order.units) {
    if (declinedWith === undefined) takeMoney(world, order, unit, payerId);
    else noteDeclined(world, order, unit, payerId, declinedWith);
  }
  moveOrder(world, order, 'COMPLETED');
  publish(world, {
    type: 'CHECKOUT.ORDER.COMPLETED',
    about: order.id,
    summary: 'Checkout Order Completed',
    resource: orderView(world, order),
  });
}

/** The payer agrees on the web page. May be done again, by another payer, until the order is captured. */
export function approveOrder(world: World, order: Order, payerId: string): void {
  order.payerId = payerId;
  moveOrder(world, order, 'APPROVED');
  publish(world, {
    type: 'CHECKOUT.ORDER.APPROVED',
    about: order.id,
    summary: 'An order has been approved by buyer',
    resource: orderView(world, order),
  });
}

const createOrder: Operation = {
  method: 'POST',
  path: '/v2/checkout/orders',
  dialect: 'orders',
  access: 'app',
  issues: CREATE_ORDER_ISSUES,
  mockable: true,
  key: {
    lifeMs: KEY_LIFE_MS,
    required: chargesAtOnce,
    otherBody: 'first-resource',
    inFlightStatus: 409,
    again,
  },
  run(world, call) {
    const request = readOrderRequest(world, call);
    const order = newOrder(world, request);
    if (request.source === 'vault') {
      const token = payerOfVault(world, call, request);
      if (token.cardId === undefined) {
        checkPayer(world, call, order.units, token.payerId);
        complete(world, order, token.payerId);
      } else {
        chargeCard(world, call, order, token);
      }
    } else {
      world.orders.set(order.id, order);
    }
    return answerOrder(world, order, call, request.source === 'wallet' ? 200 : 201);
  },
};

const getOrder: Operation = {
  method: 'GET',
  path: '/v2/checkout/orders/{id}',
  dialect: 'orders',
  access: 'app',
  issues: GET_ORDER_ISSUES,
  mockable: true,
  run(world, call) {
    const order = liveOrder(world, call.params['id'] ?? '');
    if (!order) throw refuse(call.operation, 'INVALID_RESOURCE_ID', { field: 'order_id', location: 'path' });
    return { status: 200, body: orderView(world, order) };
  },
};

const captureOrder: Operation = {
  method: 'POST',
  path: '/v2/checkout/orders/{id}/capture',
  dialect: 'orders',
  access: 'app',
  issues: CAPTURE_ORDER_ISSUES,
  mockable: true,
  key: { lifeMs: KEY_LIFE_MS, required: () => false, otherBody: 'first-resource', inFlightStatus: 409, again },
  run(world, call) {
    const order = liveOrder(world, call.params['id'] ?? '');
    if (!order) throw refuse(call.operation, 'INVALID_RESOURCE_ID', { field: 'order_id', location: 'path' });
    if (order.status === 'COMPLETED') throw refuse(call.operation, 'ORDER_ALREADY_CAPTURED');
    if (order.status !== 'APPROVED' || order.payerId === undefined) throw refuse(call.operation, 'ORDER_NOT_APPROVED');
    checkPayer(world, call, order.units, order.payerId);
    complete(world, order, order.payerId);
    return answerOrder(world, order, call, 201);
  },
};

export const ORDER_OPERATIONS: readonly Operation[] = [createOrder, getOrder, captureOrder];
