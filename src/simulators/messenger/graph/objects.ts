import { PAGE_NAME } from '../page/page-name';
import type { JsonObject } from '../people/message';
import type { Platform } from '../platform';
import { errorOfCode, invalid, noSuchObject, required } from './errors';
import { fieldsOf, personProfile } from './profile';
import { asObject, asText, requiredText } from './rules/fields';
import { checkAttachment } from './rules/message-rules';
import { attachmentOf } from './send';

/** How long the address of a profile picture is good for. */
const PICTURE_LASTS_SECONDS = 7 * 24 * 3600;

/**
 * `GET /{id}`: the page itself, a persona, or a person's profile.
 * @throws GraphError code 100, subcode 33 when there is no such object
 */
export function readObject(platform: Platform, id: string, params: JsonObject, ownUrl: string): JsonObject {
  const { identity, page, people, clock } = platform;
  if (id === 'me' || id === identity.pageId) return readPage(platform, params);
  const persona = page.personas.get(id);
  if (persona !== undefined) return { ...persona };
  const person = people.get(id);
  if (person === undefined) throw noSuchObject('GET', id);
  const expires = Math.floor(clock.now() / 1000) + PICTURE_LASTS_SECONDS;
  return personProfile(person, params, `${ownUrl}/pictures/${id}.svg?ext=${expires}`);
}

/** `GET /me?fields=recipient&account_linking_token=`: who is linking, for as long as the token is good. */
function readPage({ identity, linking }: Platform, params: JsonObject): JsonObject {
  const page = { id: identity.pageId };
  if (!fieldsOf(params).includes('recipient')) return { name: PAGE_NAME, ...page };
  const recipient = linking.personOf(asText(params['account_linking_token'], 'account_linking_token') ?? '');
  if (recipient === undefined) throw errorOfCode(10303);
  return { ...page, recipient };
}

/**
 * `POST /{page}/message_attachments`: uploads something to be sent by its id.
 * @throws GraphError code 100 when it is not well formed
 */
export function uploadAttachment(platform: Platform, params: JsonObject): JsonObject {
  const attachment = asObject(asObject(params['message'], 'message')?.['attachment'], 'message[attachment]');
  if (attachment === undefined) throw required('message[attachment]');
  const { media } = checkAttachment(attachment);
  if (media?.url === undefined)
    throw invalid('Param message[attachment][type] must be one of {image, audio, video, file}');
  return { attachment_id: attachmentOf(platform, { ...media, reusable: true }).uploadId };
}

/**
 * `POST /{page}/unlink_accounts`: unlinks from the application's side; the person's side is the Log Out button.
 * @throws GraphError code 100, subcode 2018001 for an unknown person
 */
export function unlinkAccount(platform: Platform, params: JsonObject): JsonObject {
  const person = platform.people.get(requiredText(params['psid'], 'psid'));
  if (person === undefined) throw errorOfCode(100, 2018001);
  const content = { account_linking: { status: 'unlinked' } };
  platform.announcer.ofPerson(person, { field: 'messaging_account_linking', content });
  return { result: 'unlink account success' };
}
