import { z } from 'zod';
import type { VaultedCard } from '../../../domain/linking/identity-provider';
import type { PayPalHttp } from '../transport/http';
import { beginSetup, completeSetup } from './vault';

const card = z.object({
  id: z.string().min(1),
  customer: z.object({ id: z.string() }).optional(),
  payment_source: z.object({
    card: z.object({ brand: z.string().optional(), last_digits: z.string().optional() }),
  }),
});

/** How people write the names of card networks; PayPal has them in capitals (Vault v3, `card_brand`). */
const BRANDS: Readonly<Record<string, string>> = {
  VISA: 'Visa',
  MASTERCARD: 'Mastercard',
  AMEX: 'American Express',
  DISCOVER: 'Discover',
};

/** Begins the choice of a card on PayPal's page. No number passes through here. */
export function beginCard(
  http: PayPalHttp,
  webUrl: string,
  { key, returnUrl, cancelUrl }: { key: string; returnUrl: string; cancelUrl: string },
): Promise<{ setupId: string; approveUrl: string }> {
  const source = { card: { experience_context: { return_url: returnUrl, cancel_url: cancelUrl } } };
  return beginSetup(http, webUrl, { key, source });
}

/** Turns the chosen card into a payment token, or finds the one that an earlier call made of it. */
export async function completeCard(http: PayPalHttp, setup: { key: string; setupId: string }): Promise<VaultedCard> {
  const { token, customerId, found } = await completeSetup(http, setup, card);
  const { brand = '', last_digits: lastDigits = '' } = found.payment_source.card;
  return { token, customerId, label: `${BRANDS[brand] ?? 'Card'} ••${lastDigits}` };
}
