import type { Answer, Call, Operation } from '../api/call';
import { oauthAnswer } from '../api/refusal';
import { nameParts } from '../checkout/order-views';
import type { Account } from '../state/records';
import type { World } from '../state/world';

/** The scope that shows payer id and verified status. */
export const PAYPAL_ATTRIBUTES = 'https://uri.paypal.com/services/paypalattributes';

const USER_ID = 'https://www.paypal.com/webapps/auth/identity/user/';

function accountOfCaller(world: World, call: Call): Account | undefined {
  const { payerId } = call.caller;
  return payerId === undefined || !world.consents.has(payerId) ? undefined : world.accounts.get(payerId);
}

/** What each schema shows, as far as the person's consent reaches. */
const SCHEMAS: Readonly<Record<string, (account: Account, sees: (scope: string) => boolean) => unknown>> = {
  openid: ({ payerId, name, email, country }, sees) => {
    const { given_name: given, surname } = nameParts(name);
    return {
      user_id: USER_ID + payerId,
      sub: USER_ID + payerId,
      ...(sees('profile') ? { name, given_name: given, family_name: surname } : {}),
      ...(sees('email') ? { email, email_verified: true } : {}),
      ...(sees('address') ? { address: { country } } : {}),
      ...(sees(PAYPAL_ATTRIBUTES) ? { payer_id: payerId, verified_account: true } : {}),
    };
  },
  'paypalv1.1': ({ payerId, name, email, country }, sees) => ({
    user_id: USER_ID + payerId,
    ...(sees('profile') ? { name } : {}),
    ...(sees('address') ? { address: { country } } : {}),
    ...(sees(PAYPAL_ATTRIBUTES) ? { payer_id: payerId, verified_account: 'true' } : {}),
    ...(sees('email') ? { emails: [{ value: email, primary: true, confirmed: true }] } : {}),
  }),
};

const userinfo = (path: string): Operation => ({
  method: 'GET',
  path,
  dialect: 'identity',
  access: 'user',
  run(world, call): Answer {
    const view = SCHEMAS[call.query['schema'] ?? ''];
    if (!view) return oauthAnswer('invalid_request', 400, 'The schema is missing or not supported');
    const account = accountOfCaller(world, call);
    if (!account) return oauthAnswer('invalid_token');
    const scopes = call.caller.scope.split(' ');
    return { status: 200, body: view(account, (scope) => scopes.includes(scope)) };
  },
});

/** Both documented addresses of the same thing. */
export const USERINFO_OPERATIONS: readonly Operation[] = [
  userinfo('/v1/identity/openidconnect/userinfo'),
  userinfo('/v1/identity/oauth2/userinfo'),
];
