import type { World } from '../state/world';
import type { Answer, Caller, Operation, Request } from './call';
import { Refusal, errorAnswer, oauthAnswer } from './refusal';

/** Scopes of an application's own token: all that the operations here need. */
export const APP_SCOPE = [
  'https://uri.paypal.com/services/payments/payment',
  'https://uri.paypal.com/services/payments/refund',
  'https://uri.paypal.com/services/vault/payment-tokens/read',
  'https://uri.paypal.com/services/vault/payment-tokens/readwrite',
  'https://uri.paypal.com/services/reporting/search/read',
  'https://uri.paypal.com/payments/payouts',
  'https://uri.paypal.com/services/applications/webhooks',
  'https://uri.paypal.com/services/disputes/read-seller',
  'openid',
].join(' ');

const ANYBODY: Caller = { clientId: '', scope: '' };

/** Who calls the operation, or the refusal: 401 without a valid token, 403 with one that does not reach so far. */
export function callerOf(world: World, operation: Operation, request: Request): Caller | Answer {
  if (operation.access === 'none') return ANYBODY;
  const authorization = request.headers['authorization'] ?? '';
  if (operation.access === 'basic') return basicCaller(world, authorization);
  const token = world.accessTokens.get(/^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '');
  if (!token || token.expiresAt <= world.now()) {
    return operation.dialect === 'identity'
      ? oauthAnswer('invalid_token')
      : errorAnswer(operation.dialect, new Refusal('AUTHENTICATION_FAILURE'));
  }
  const { clientId, payerId, scope } = token;
  if ((operation.access === 'user') !== (payerId !== undefined)) {
    const name = operation.dialect === 'payouts' ? 'AUTHORIZATION_ERROR' : 'NOT_AUTHORIZED';
    return errorAnswer(operation.dialect, new Refusal(name, [permissionDenied]));
  }
  return { clientId, scope, ...(payerId === undefined ? {} : { payerId }) };
}

const permissionDenied = {
  issue: 'PERMISSION_DENIED',
  description: 'You do not have permission to access or perform operations on this resource.',
};

function basicCaller(world: World, authorization: string): Caller | Answer {
  const encoded = /^Basic (\S+)$/i.exec(authorization)?.[1] ?? '';
  const [clientId, ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const known = clientId === world.settings.clientId && secret.join(':') === world.settings.clientSecret;
  return known ? { clientId, scope: APP_SCOPE } : oauthAnswer('invalid_client');
}
