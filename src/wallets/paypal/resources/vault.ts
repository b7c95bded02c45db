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

const tokenList = z.object({
  customer: z.object({ id: z.string() }).optional(),
  payment_tokens: z.array(paymentToken).optional(),
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
export async function beginVault(
  http: PayPalHttp,
  webUrl: string,
  { key, returnUrl, cancelUrl }: Parameters<WalletLinking['beginVault']>[0],
): Promise<{ setupId: string; approveUrl: string }> {
  const setup = await http.call({
    method: 'POST',
    path: '/v3/vault/setup-tokens',
    key,
    effect: 'moves',
    body: {
      payment_source: {
        paypal: {
          description: DESCRIPTION,
          usage_type: 'MERCHANT',
          customer_type: 'CONSUMER',
          permit_multiple_payment_tokens: false,
          usage_pattern: 'UNSCHEDULED_POSTPAID',
          experience_context: { return_url: returnUrl, cancel_url: cancelUrl, shipping_preference: 'NO_SHIPPING' },
        },
      },
    },
    answer: setupToken,
  });
  const approveUrl = setup.links?.find((link) => link.rel === 'approve')?.href;
  if (approveUrl === undefined || !isAtSite(approveUrl, webUrl)) {
    throw new ProviderFailure('final', 'refused', { providerCode: 'SETUP_TOKEN/NO_APPROVE_LINK' });
  }
  return { setupId: setup.id, approveUrl };
}

/** Turns an approved setup token into a payment token, or finds the one that an earlier call made of it. */
export async function completeVault(
  http: PayPalHttp,
  { key, setupId }: { key: string; setupId: string },
): Promise<VaultedWallet> {
  try {
    const made = await http.call({
      method: 'POST',
      path: '/v3/vault/payment-tokens',
      key,
      effect: 'moves',
      body: { payment_source: { token: { id: setupId, type: 'SETUP_TOKEN' } } },
      answer: paymentToken,
    });
    return vaultedWallet(made, made.customer?.id);
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.outcome !== 'already-done') throw error;
    return findVaulted(http, setupId, error);
  }
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
async function findVaulted(http: PayPalHttp, setupId: string, used: ProviderFailure): Promise<VaultedWallet> {
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
    answer: tokenList,
  });
  const [only, ...others] = list.payment_tokens ?? [];
  if (!only || others.length > 0) throw used;
  return vaultedWallet(only, setup.customer.id);
}

function vaultedWallet({ id, payment_source }: z.infer<typeof paymentToken>, customerId?: string): VaultedWallet {
  const { payer_id: payerId, email_address: email } = payment_source.paypal;
  if (customerId === undefined || payerId === undefined || email === undefined) {
    throw new ProviderFailure('unknown', 'unavailable', { providerCode: 'PAYMENT_TOKEN/UNREADABLE' });
  }
  return { token: id, customerId, payerId, email };
}
