import type { Platform } from '../platform';
import type { JsonObject } from '../people/message';
import type { Person } from '../people/person';
import { errorOfCode, required } from './errors';
import { asObject, asText, requiredText } from './rules/fields';
import { controlExpires, ownerOf, PAGE_INBOX_APP_ID, takeForSending } from './rules/thread-owner';

const SUCCESS: JsonObject = { success: true };

/** The person a call about a thread names, as an object (`recipient`) or by id alone. */
function personOf({ people }: Platform, params: JsonObject): Person {
  const { recipient } = params;
  const named =
    typeof recipient === 'string' && /^\d+$/.test(recipient) ? { id: recipient } : asObject(recipient, 'recipient');
  if (named === undefined) throw required('recipient');
  const person = people.get(requiredText(named['id'], 'recipient[id]'));
  if (person === undefined) throw errorOfCode(100, 2018001);
  return person;
}

/**
 * `POST /{page}/pass_thread_control`: hands a thread to another app, usually the Page Inbox.
 * @throws GraphError code 10, subcode 2018300 when the app does not control the thread
 */
export function passThreadControl(platform: Platform, params: JsonObject): JsonObject {
  const person = personOf(platform, params);
  const target = requiredText(params['target_app_id'], 'target_app_id');
  takeForSending(person, platform.identity.appId, platform.clock.now());
  return hand(platform, person, target);
}

/** `POST /{page}/take_thread_control`: the page's default app may take a thread from anybody. */
export function takeThreadControl(platform: Platform, params: JsonObject): JsonObject {
  return hand(platform, personOf(platform, params), platform.identity.appId);
}

/**
 * `POST /{page}/release_thread_control`: lets the thread go idle.
 * @throws GraphError code 10, subcode 2018300 when the app does not control the thread
 */
export function releaseThreadControl(platform: Platform, params: JsonObject): JsonObject {
  const person = personOf(platform, params);
  takeForSending(person, platform.identity.appId, platform.clock.now());
  return hand(platform, person, null);
}

/** `POST /{page}/request_thread_control`, `extend_thread_control`, `pass_thread_metadata`: only taken note of. */
export function noteThreadControl(platform: Platform, params: JsonObject): JsonObject {
  personOf(platform, params);
  asText(params['metadata'], 'metadata');
  return SUCCESS;
}

/** `GET /{page}/thread_owner?recipient=`: the app in control and when its control lapses; nothing while idle. */
export function threadOwner(platform: Platform, params: JsonObject): JsonObject {
  const person = personOf(platform, params);
  const owner = ownerOf(person, platform.clock.now());
  if (owner === null) return { data: [] };
  return { data: [{ thread_owner: { app_id: owner, expiration: Math.floor(controlExpires(person) / 1000) } }] };
}

/** `GET /{page}/secondary_receivers`: the apps a thread can be handed to. */
export function secondaryReceivers(): JsonObject {
  return { data: [{ id: PAGE_INBOX_APP_ID, name: 'Page Inbox' }] };
}

function hand({ people, clock }: Platform, person: Person, ownerAppId: string | null): JsonObject {
  person.control = { ownerAppId, lastActivityAt: clock.now() };
  people.keep(person);
  return SUCCESS;
}
