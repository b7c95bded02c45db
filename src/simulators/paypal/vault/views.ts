import { nameParts } from '../checkout/order-views';
import type { PaymentToken, SetupToken } from '../state/records';
import type { World } from '../state/world';
import { testCard } from './test-cards';
import type { TestCard } from './test-cards';

interface Link {
  href: string;
  rel: string;
  method: string;
  encType?: string;
}

const link = (href: string, rel: string, method: string): Link => ({
  href,
  rel,
  method,
  encType: 'application/json',
});

/** What is behind a token: a card as far as its owner knows it, or a wallet with what the caller gave for it. */
function sourceView(
  world: World,
  { source, cardId, echo, payerId }: Pick<SetupToken, 'source' | 'cardId' | 'echo' | 'payerId'>,
): Record<string, unknown> {
  if (cardId !== undefined) return { card: cardView(testCard(cardId)) };
  return source === 'card' ? { card: {} } : walletView(world, echo, payerId);
}

function cardView({ brand, lastDigits, expiry }: TestCard): Record<string, unknown> {
  return { brand, last_digits: lastDigits, expiry };
}

function walletView(world: World, echo: Record<string, unknown>, payerId?: string): Record<string, unknown> {
  if (payerId === undefined) return { paypal: echo };
  const { email, name } = world.accountOf(payerId);
  return { paypal: { ...echo, email_address: email, payer_id: payerId, account_id: payerId, name: nameParts(name) } };
}

/** A setup token; with both return addresses it can be approved. */
export function setupTokenView(world: World, token: SetupToken): Record<string, unknown> {
  const { baseUrl } = world.settings;
  const approve =
    token.source === 'card'
      ? `${baseUrl}/vault/card?setup_token=${token.id}`
      : `${baseUrl}/agreements/approve?approval_session_id=${token.id}`;
  const links: Record<SetupToken['status'], Link[]> = {
    CREATED: [],
    PAYER_ACTION_REQUIRED: [link(approve, 'approve', 'GET')],
    APPROVED: [link(`${baseUrl}/v3/vault/payment-tokens`, 'confirm', 'POST')],
    VAULTED: [],
  };
  return {
    id: token.id,
    customer: { id: token.customerId },
    status: token.status,
    payment_source: sourceView(world, token),
    links: [...links[token.status], link(`${baseUrl}/v3/vault/setup-tokens/${token.id}`, 'self', 'GET')],
  };
}

const tokenLinks = (world: World, id: string): Link[] => {
  const self = `${world.settings.baseUrl}/v3/vault/payment-tokens/${id}`;
  return [link(self, 'self', 'GET'), link(self, 'delete', 'DELETE')];
};

/** A vaulted wallet. */
export function paymentTokenView(world: World, token: PaymentToken): Record<string, unknown> {
  return {
    id: token.id,
    customer: { id: token.customerId },
    payment_source: sourceView(world, token),
    links: tokenLinks(world, token.id),
  };
}

/** The west coast's summer time, in which PayPal writes the times of vault events. */
const PACIFIC_OFFSET_MS = 7 * 3_600_000;

/** A vaulted wallet as events carry it, with PayPal's unusual time: `2022-08-26T18:25:57.449PDT`. */
export function paymentTokenResource(world: World, token: PaymentToken): Record<string, unknown> {
  const created = new Date(token.createdAt - PACIFIC_OFFSET_MS).toISOString().replace('Z', 'PDT');
  return { time_created: created, ...paymentTokenView(world, token) };
}
