import type { World } from './world';

/** The item of a payout batch as PayPal shows it to the application that made it; nothing while there is none. */
export async function payoutItem(
  world: Pick<World, 'paypal' | 'paypalClient'>,
  batchId: string,
): Promise<{ payout_item_id: string; transaction_status: string } | undefined> {
  const answer = await fetch(`${world.paypal}/v1/payments/payouts/${batchId}`, {
    headers: { authorization: `Bearer ${await accessToken(world)}` },
  });
  const { items } = (await answer.json()) as {
    items?: { payout_item_id: string; transaction_status: string }[];
  };
  return items?.[0];
}

/** What a call of PayPal's API needs to be the application's own. */
export async function accessToken({ paypal, paypalClient }: Pick<World, 'paypal' | 'paypalClient'>): Promise<string> {
  const basic = Buffer.from(`${paypalClient.clientId}:${paypalClient.clientSecret}`).toString('base64');
  const answer = await fetch(`${paypal}/v1/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
