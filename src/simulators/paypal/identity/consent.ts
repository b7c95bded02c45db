import type { World } from '../state/world';
import { deleteToken } from '../vault/payment-tokens';
import { publish } from '../webhooks/publish';

/** A person takes back the consent to be known: the tokens end at once. False if there was none. */
export function revokeSignIn(world: World, payerId: string): boolean {
  const consent = world.consents.get(payerId);
  if (!consent) return false;
  world.consents.delete(payerId);
  for (const { token, payerId: owner } of world.refreshTokens.values()) {
    if (owner === payerId) world.refreshTokens.delete(token);
  }
  for (const { token, payerId: owner } of world.accessTokens.values()) {
    if (owner === payerId) world.accessTokens.delete(token);
  }
  publish(world, {
    type: 'IDENTITY.AUTHORIZATION-CONSENT.REVOKED',
    about: payerId,
    summary: 'User consent has been revoked.',
    resource: { client_id: consent.clientId, payer_id: payerId, scope: consent.scope },
  });
  return true;
}

/** A person ends the agreement that lets the application charge the wallet. Returns how many tokens ended. */
export function revokeWallet(world: World, payerId: string): number {
  const tokens = world.paymentTokens
    .values()
    .filter((token) => token.payerId === payerId && token.deletedAt === undefined);
  for (const token of tokens) deleteToken(world, token);
  return tokens.length;
}
