import type { Platform } from '../platform';
import type { JsonObject } from '../people/message';
import type { Person } from '../people/person';
import { splitName } from '../people/person';
import { invalid, required, tooLong } from './errors';
import { asList, asObject, asText, lengthOf, requiredText } from './rules/fields';
import { GREETING_LIMIT, MENU_ITEMS, MENU_TITLE, PAYLOAD_LIMIT } from './rules/limits';
import { checkButtons } from './rules/template-rules';

/** Properties of the messenger profile an application may set. */
const PROPERTIES = ['get_started', 'greeting', 'persistent_menu', 'whitelisted_domains', 'ice_breakers', 'commands'];

/** Parameters that clients put into every call; they are no properties. */
const ADDED_BY_CLIENTS = new Set(['appsecret_proof', 'id', 'platform']);

/** What of a person an application is told when it names no fields. */
const DEFAULT_PERSON_FIELDS = 'first_name,last_name,profile_pic,id';

/**
 * `POST /{page}/messenger_profile`: sets properties, leaving the others as they are.
 * @throws GraphError code 100 for a property that is not one, or not well formed
 */
export function setMessengerProfile({ page }: Platform, params: JsonObject): JsonObject {
  const given = Object.entries(params).filter(([name]) => !ADDED_BY_CLIENTS.has(name));
  const change: JsonObject = {};
  for (const [property, value] of given) {
    if (!PROPERTIES.includes(property)) throw invalid(`Invalid keys "${property}" were found in param "profile".`);
    change[property] = property === 'get_started' ? asObject(value, property) : asList(value, property);
  }
  if (Object.keys(change).length === 0) throw invalid('Requires one of the params: ' + PROPERTIES.join(', '));
  const profile = { ...page.profile, ...change };
  checkProfile(profile);
  page.setProfile(profile);
  return { result: 'success' };
}

/** `GET /{page}/messenger_profile?fields=`: the properties that are set. */
export function getMessengerProfile({ page }: Platform, params: JsonObject): JsonObject {
  const fields = fieldsOf(params);
  if (fields.length === 0) throw required('fields');
  const set = Object.fromEntries(Object.entries(page.profile).filter(([property]) => fields.includes(property)));
  return { data: Object.keys(set).length === 0 ? [] : [set] };
}

/**
 * `DELETE /{page}/messenger_profile`: removes properties.
 * @throws GraphError code 100 when Get Started would go while a menu is there
 */
export function deleteMessengerProfile({ page }: Platform, params: JsonObject): JsonObject {
  const fields = fieldsOf(params);
  if (fields.length === 0) throw required('fields');
  const profile = Object.fromEntries(Object.entries(page.profile).filter(([property]) => !fields.includes(property)));
  checkProfile(profile);
  page.setProfile(profile);
  return { result: 'success' };
}

function checkProfile(profile: JsonObject): void {
  const started = profile['get_started'] as JsonObject | undefined;
  if (started !== undefined)
    limited(requiredText(started['payload'], 'get_started[payload]'), PAYLOAD_LIMIT, 'get_started[payload]');
  for (const [index, raw] of (asList(profile['greeting'], 'greeting') ?? []).entries()) {
    const text = requiredText(asObject(raw, 'greeting')?.['text'], `greeting[${index}][text]`);
    limited(text, GREETING_LIMIT, `greeting[${index}][text]`);
  }
  const menu = asList(profile['persistent_menu'], 'persistent_menu');
  if (menu !== undefined) checkMenu(menu, started !== undefined);
}

function checkMenu(menu: unknown[], hasGetStarted: boolean): void {
  if (!hasGetStarted) {
    throw invalid('You must set a Get Started button if you also wish to use persistent menu', 2018145);
  }
  const variants = menu.map((raw, index) => asObject(raw, `persistent_menu[${index}]`) ?? {});
  if (!variants.some(({ locale }) => locale === 'default')) {
    throw invalid('Param persistent_menu must contain a menu with locale "default"');
  }
  variants.forEach((variant, index) => {
    const name = `persistent_menu[${index}][call_to_actions]`;
    checkButtons(asList(variant['call_to_actions'], name) ?? [], name, MENU_ITEMS, MENU_TITLE);
  });
}

/** `GET /{psid}?fields=`: what an application may know of a person. Where and on what they read is not among it. */
export function personProfile(person: Person, params: JsonObject, pictureUrl: string): JsonObject {
  const all: JsonObject = {
    id: person.psid,
    name: person.name,
    ...splitName(person.name),
    profile_pic: pictureUrl,
    locale: person.locale,
    timezone: person.timezone,
  };
  const asked = fieldsOf(params);
  const fields = asked.length === 0 ? DEFAULT_PERSON_FIELDS.split(',') : [...asked, 'id'];
  return Object.fromEntries(fields.filter((field) => field in all).map((field) => [field, all[field]]));
}

/** The `fields` of a call: a list with commas, or JSON. */
export function fieldsOf(params: JsonObject): string[] {
  const { fields } = params;
  if (Array.isArray(fields)) return fields.map(String);
  const text = asText(fields, 'fields')?.trim() ?? '';
  if (text.startsWith('[')) return (asList(text, 'fields') ?? []).map(String);
  return text.split(',').flatMap((field) => (field.trim() === '' ? [] : [field.trim()]));
}

function limited(text: string, limit: number, parameter: string): void {
  if (lengthOf(text) > limit) throw tooLong(parameter, limit);
}
