import { z } from 'zod';
import type { VaultedWallet, WalletLinking } from '../../../domain/linking/identity-provider';
import { ProviderFailure } from '../../../domain/outcomes';
import { pathOf } from '../transport/http';
import type { PayPalHttp } from '../transport/http';
import { links } from './shapes';

const setupToken = z.object({
  id: z.string().min(1),
  customer: z.object({ id: z.string() }).optional(),
  links,
});

const paymentToken = z.object({
  id: z.string().min(1),
  customer: z.object({ id: z.string() }).optional(),
  payment_source: z.object({
    paypal: z.object({ email_address: z.string().optional(), payer_id: z.string().optional() }),
  }),
});

/** Shown to the person on PayPal's approval page. */
const DESCRIPTION = 'Send money to friends and pay in Messenger';

/**
 * People are sent to this address from our own page, so it must be PayPal's. PayPal links to `sandbox.paypal.com` where
 * its other pages are at `www.sandbox.paypal.com`.
 */
function isAtSite(address: string, webUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  const site = new URL(webUrl);
  return protocol === site.protocol && host.replace(/^www\./, '') === site.host.replace(/^www\./, '');
}

/** Begins the approval. The setup token lives for three days, the key for three hours. */
export function beginVault(
  http: PayPalHttp,
  webUrl: string,
  { key, returnUrl, cancelUrl }: Parameters<WalletLinking['beginVault']>[0],
): Promise<{ setupId: string; approveUrl: string }> {
  const paypal = {
    description: DESCRIPTION,
    usage_type: 'MERCHANT',
    customer_type: 'CONSUMER',
    permit_multiple_payment_tokens: false,
    usage_pattern: 'UNSCHEDULED_POSTPAID',
    experience_context: { return_url: returnUrl, cancel_url: cancelUrl, shipping_preference: 'NO_SHIPPING' },
  };
  return beginSetup(http, webUrl, { key, source: { paypal } });
}

/** Turns an approved setup token into a payment token, or finds the one that an earlier call made of it. */
export async function completeVault(http: PayPalHttp, setup: { key: string; setupId: string }): Promise<VaultedWallet> {
  const { token, customerId, found } = await completeSetup(http, setup, paymentToken);
  const { payer_id: payerId, email_address: email } = found.payment_source.paypal;
  if (payerId === undefined || email === undefined) throw unreadable();
  return { token, customerId, payerId, email };
}

/** Begins to keep a payment source that somebody chooses on PayPal's page. */
export async function beginSetup(
  http: PayPalHttp,
  webUrl: string,
  { key, source }: { key: string; source: Record<string, unknown> },
): Promise<{ setupId: string; approveUrl: string }> {
  const setup = await http.call({
    method: 'POST',
    path: '/v3/vault/setup-tokens',
    key,
    effect: 'moves',
    body: { payment_source: source },
    answer: setupToken,
  });
  const approveUrl = setup.links?.find((link) => link.rel === 'approve')?.href;
  if (approveUrl === undefined || !isAtSite(approveUrl, webUrl)) {
    throw new ProviderFailure('final', 'refused', { providerCode: 'SETUP_TOKEN/NO_APPROVE_LINK' });
  }
  return { setupId: setup.id, approveUrl };
}

/** Turns an approved setup token into a payment token, read by `answer`, or finds the one made of it before. */
export async function completeSetup<Found extends KeptSource>(
  http: PayPalHttp,
  { key, setupId }: { key: string; setupId: string },
  answer: z.ZodType<Found>,
): Promise<{ token: string; customerId: string; found: Found }> {
  const made = await http
    .call({
      method: 'POST',
      path: '/v3/vault/payment-tokens',
      key,
      effect: 'moves',
      body: { payment_source: { token: { id: setupId, type: 'SETUP_TOKEN' } } },
      answer,
    })
    .catch((error: unknown) => {
      if (!(error instanceof ProviderFailure) || error.outcome !== 'already-done') throw error;
      return findKept(http, setupId, answer, error);
    });
  if (made.customer === undefined) throw unreadable();
  return { token: made.id, customerId: made.customer.id, found: made };
}

/** Deletes a payment token. An unknown or deleted one counts as done. */
export async function removeVault(http: PayPalHttp, token: string): Promise<void> {
  try {
    await http.call({
      method: 'DELETE',
      path: pathOf`/v3/vault/payment-tokens/${token}`,
      effect: 'moves',
      answer: z.unknown(),
    });
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.reason !== 'not-found') throw error;
  }
}

/** Every setup token begun here gets a customer of its own, so that customer's only payment token is the one. */
async function findKept<Found extends KeptSource>(
  http: PayPalHttp,
  setupId: string,
  answer: z.ZodType<Found>,
  used: ProviderFailure,
): Promise<Found> {
  const setup = await http.call({
    method: 'GET',
    path: pathOf`/v3/vault/setup-tokens/${setupId}`,
    effect: 'reads',
    answer: setupToken,
  });
  if (!setup.customer) throw used;
  const list = await http.call({
    method: 'GET',
    path: '/v3/vault/payment-tokens',
    query: { customer_id: setup.customer.id },
    effect: 'reads',
    answer: z.object({ payment_tokens: z.array(answer).optional() }),
  });
  const [only, ...others] = list.payment_tokens ?? [];
  if (!only || others.length > 0) throw used;
  return { ...only, customer: setup.customer };
}

/** What every payment token has, whatever is behind it. */
interface KeptSource {
  id: string;
  customer?: { id: string };
}

/** The token may be there, and nothing can be done with what was told of it. */
function unreadable(): ProviderFailure {
  return new ProviderFailure('unknown', 'unavailable', { providerCode: 'PAYMENT_TOKEN/UNREADABLE' });
}
