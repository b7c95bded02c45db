import type { JsonObject } from '../people/message';
import { errorOfCode, invalid, tooLong } from './errors';
import { asText, isWebAddress, lengthOf, requiredText } from './rules/fields';
import { PERSONA_NAME } from './rules/limits';
import type { PageObjects } from '../page/page-objects';

/**
 * `POST /{page}/personas`: a name and picture the page may speak under.
 * @throws GraphError code 100 without a name, with one above 50 characters, or with a picture that is no web address
 */
export function createPersona(page: PageObjects, params: JsonObject): JsonObject {
  const name = requiredText(params['name'], 'name');
  if (lengthOf(name) > PERSONA_NAME) throw tooLong('name', PERSONA_NAME);
  const picture = asText(params['profile_picture_url'], 'profile_picture_url');
  if (picture !== undefined && !isWebAddress(picture)) {
    throw invalid('profile_picture_url should represent a valid URL');
  }
  const { id } = page.addPersona({ name, ...(picture === undefined ? {} : { profile_picture_url: picture }) });
  return { id };
}

/** `GET /{page}/personas`: all of them on one page. */
export function listPersonas(page: PageObjects): JsonObject {
  const data = page.personas.values().map(({ id, ...persona }) => ({ ...persona, id }));
  if (data.length === 0) return { data };
  const cursor = Buffer.from(String(data.length)).toString('base64url');
  return { data, paging: { cursors: { before: cursor, after: cursor } } };
}

/**
 * `DELETE /{persona}`: messages it has sent keep its name.
 * @throws GraphError code 100 when there is no such persona
 */
export function deletePersona(page: PageObjects, id: string): JsonObject {
  if (!page.personas.has(id)) throw errorOfCode(100);
  page.personas.delete(id);
  return { success: true };
}
