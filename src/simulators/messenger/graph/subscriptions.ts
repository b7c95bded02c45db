import { randomInt } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { JsonObject } from '../people/message';
import { PAGE_NAME } from '../page/page-name';
import type { Platform } from '../platform';
import { WEBHOOK_TIMEOUT_MS } from '../webhooks/post';
import { answered, callOf } from './call';
import { errorOfCode, GraphError, invalid } from './errors';
import { asList, asText, isWebAddress, requiredText } from './rules/fields';

/** `POST /{page}/subscribed_apps`: subscribes the app to fields of the page; brings a disabled webhook back. */
export function subscribeApp({ subscription }: Platform, params: JsonObject): JsonObject {
  const fields = subscribedFields(params);
  if (fields.length === 0) throw invalid('Param subscribed_fields must be non-empty.');
  subscription.subscribe(fields);
  return { success: true };
}

/** `GET /{page}/subscribed_apps`. */
export function subscribedApps({ subscription, identity }: Platform): JsonObject {
  const { active, fields } = subscription.state;
  return { data: active ? [{ id: identity.appId, name: PAGE_NAME, subscribed_fields: fields }] : [] };
}

/** `DELETE /{page}/subscribed_apps`. */
export function unsubscribeApp({ subscription }: Platform): JsonObject {
  subscription.unsubscribe();
  return { success: true };
}

/**
 * `POST /{app}/subscriptions` with the app's own token: verifies a callback address, then delivers there.
 * @throws GraphError code 190 for a wrong token, 2200 when the address does not answer the challenge
 */
export function appSubscriptions(platform: Platform): RequestHandler {
  return answered(platform, async ({ token }, req) => {
    const { identity, subscription } = platform;
    if (token !== `${identity.appId}|${identity.appSecret}`) throw errorOfCode(190);
    const { params } = callOf(req);
    if (asText(params['object'], 'object') !== 'page') throw invalid('Param object must be one of {page}');
    const callbackUrl = requiredText(params['callback_url'], 'callback_url');
    if (!isWebAddress(callbackUrl)) throw invalid('callback_url should represent a valid URL');
    await verifyCallback(callbackUrl, asText(params['verify_token'], 'verify_token') ?? '');
    subscription.moveTo(callbackUrl);
    return { success: true };
  });
}

async function verifyCallback(callbackUrl: string, verifyToken: string): Promise<void> {
  const url = new URL(callbackUrl);
  const challenge = String(randomInt(100_000_000, 2_000_000_000));
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  if ((await challengeAnswer(url)) === challenge) return;
  throw new GraphError(
    2200,
    '(#2200) Callback verification failed: the callback did not answer 200 with hub.challenge.',
  );
}

async function challengeAnswer(url: URL): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS) });
    const body = await answer.text();
    return answer.status === 200 ? body : undefined;
  } catch {
    return undefined;
  }
}

function subscribedFields(params: JsonObject): string[] {
  const given = params['subscribed_fields'];
  if (typeof given === 'string' && !given.trim().startsWith('[')) return given.split(',').map((field) => field.trim());
  return (asList(given, 'subscribed_fields') ?? []).map(String);
}
