import { amountV2 } from '../money/amounts';
import type { Account, Order, OrderStatus, PurchaseUnit } from '../state/records';
import { testCard } from '../vault/test-cards';
import { isoTime } from '../state/world';
import type { World } from '../state/world';
import { captureInOrder, refundView } from './capture-views';

/** What a caller can do with an order in each state, besides looking at it. */
const LINKS: Readonly<Record<OrderStatus, readonly ('payer' | 'capture')[]>> = {
  CREATED: ['payer', 'capture'],
  PAYER_ACTION_REQUIRED: ['payer'],
  APPROVED: ['capture'],
  COMPLETED: [],
  VOIDED: [],
};

/** A person's name in PayPal's two parts. */
export function nameParts(name: string): { given_name: string; surname: string } {
  const [given = name, ...rest] = name.trim().split(/\s+/);
  return { given_name: given, surname: rest.join(' ') || given };
}

function linksOf(world: World, order: Order): { href: string; rel: string; method: string }[] {
  const { baseUrl } = world.settings;
  const self = `${baseUrl}/v2/checkout/orders/${order.id}`;
  const rel = order.flow === 'payer-action' ? 'payer-action' : 'approve';
  const links = {
    payer: { href: `${baseUrl}/checkoutnow?token=${order.id}`, rel, method: 'GET' },
    capture: { href: `${self}/capture`, rel: 'capture', method: 'POST' },
  };
  return [{ href: self, rel: 'self', method: 'GET' }, ...LINKS[order.status].map((name) => links[name])];
}

/** An order as it is answered by default: id, status and links. */
export function minimalOrderView(world: World, order: Order): Record<string, unknown> {
  return { id: order.id, status: order.status, links: linksOf(world, order) };
}

/** An order in full. */
export function orderView(world: World, order: Order): Record<string, unknown> {
  const byWallet = order.payerId !== undefined && order.cardId === undefined;
  const payer = byWallet && order.payerId ? world.accountOf(order.payerId) : undefined;
  return {
    id: order.id,
    intent: 'CAPTURE',
    status: order.status,
    ...sourceView(order, payer),
    purchase_units: order.units.map((unit) => unitView(world, unit)),
    ...(payer ? { payer: payerView(payer) } : {}),
    create_time: isoTime(order.createdAt),
    ...(order.updatedAt > order.createdAt ? { update_time: isoTime(order.updatedAt) } : {}),
    links: linksOf(world, order),
  };
}

function payerView({ name, email, payerId, country }: Account): Record<string, unknown> {
  return {
    name: nameParts(name),
    email_address: email,
    payer_id: payerId,
    address: { country_code: country },
  };
}

function sourceView(order: Order, payer: Account | undefined): Record<string, unknown> {
  if (order.cardId !== undefined) {
    const { brand, lastDigits, expiry } = testCard(order.cardId);
    return { payment_source: { card: { brand, last_digits: lastDigits, expiry, type: 'CREDIT' } } };
  }
  if (payer) {
    const paypal = {
      email_address: payer.email,
      account_id: payer.payerId,
      account_status: 'VERIFIED',
      name: nameParts(payer.name),
      address: { country_code: payer.country },
    };
    return { payment_source: { paypal } };
  }
  return order.flow === 'payer-action' ? { payment_source: { paypal: {} } } : {};
}

function unitView(world: World, unit: PurchaseUnit): Record<string, unknown> {
  const payee = world.accountOf(unit.payeeId);
  const { breakdown, ...echo } = unit.echo;
  const capture = unit.captureId === undefined ? undefined : world.captures.get(unit.captureId);
  const refunds =
    capture && capture.refundCount > 0
      ? world.refunds.values().filter((refund) => refund.captureId === capture.id)
      : [];
  return {
    reference_id: unit.referenceId,
    amount: { ...amountV2(unit.money), ...(breakdown === undefined ? {} : { breakdown }) },
    payee: { email_address: payee.email, merchant_id: payee.payerId },
    ...echo,
    ...(unit.customId === undefined ? {} : { custom_id: unit.customId }),
    ...(unit.invoiceId === undefined ? {} : { invoice_id: unit.invoiceId }),
    ...(capture
      ? {
          payments: {
            captures: [captureInOrder(world, capture)],
            ...(refunds.length > 0 ? { refunds: refunds.map((refund) => refundView(world, refund)) } : {}),
          },
        }
      : {}),
  };
}
