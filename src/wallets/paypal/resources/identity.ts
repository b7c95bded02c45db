import { z } from 'zod';
import type { WalletIdentity, WalletLinking } from '../../../domain/linking/identity-provider';
import { ProviderFailure } from '../../../domain/outcomes';
import type { PayPalHttp } from '../transport/http';

/** PayPal writes booleans of this resource as words in one schema and as booleans in the other. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);

/** OpenID Connect claims, with PayPal's own of the scope `paypalattributes`. */
const userInfo = z.object({
  payer_id: z.string().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  emails: z.array(z.object({ value: z.string(), primary: flag.optional() })).optional(),
  address: z.object({ country: z.string().optional() }).optional(),
  verified_account: flag.optional(),
  verified: flag.optional(),
});

/** ISO 3166 reserves ZZ for users; here it says that PayPal told no country, so no market's rules apply. */
const UNKNOWN_COUNTRY = 'ZZ';

/**
 * Exchanges the login's code and reads who it was. The code works once: a call repeated after a lost answer is refused
 * with `needs-person`, and the person logs in again.
 */
export async function identify(
  http: PayPalHttp,
  { code, redirectUri, codeVerifier }: Parameters<WalletLinking['identify']>[0],
): Promise<WalletIdentity> {
  const { token } = await http.grant({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  });
  const info = await http.callAs(token, {
    method: 'GET',
    path: '/v1/identity/openidconnect/userinfo',
    query: { schema: 'openid' },
    effect: 'reads',
    answer: userInfo,
  });
  const email = info.email ?? (info.emails?.find((entry) => entry.primary) ?? info.emails?.[0])?.value;
  if (info.payer_id === undefined || email === undefined) {
    throw new ProviderFailure('needs-person', 'payer-action-required', { providerCode: 'USERINFO/SCOPE_NOT_GRANTED' });
  }
  return {
    payerId: info.payer_id,
    name: info.name ?? email,
    email,
    country: /^[A-Z]{2}$/.exec(info.address?.country ?? '')?.[0] ?? UNKNOWN_COUNTRY,
    verified: info.verified_account ?? info.verified ?? false,
  };
}
