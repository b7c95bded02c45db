import type { Button, JsonObject, QuickReply } from './message';
import { splitName } from './person';

/** Log-in and log-out buttons carry no title of their own: the phone names them. */
const TITLES_OF_THE_PHONE: Readonly<Record<string, string>> = {
  account_link: 'Log In',
  account_unlink: 'Log Out',
};

/** All buttons of a template in reading order, whatever the template: those of its own, then those of each element. */
export function buttonsOfTemplate(template: JsonObject): Button[] {
  const own = listOf(template['buttons']);
  const ofElements = listOf(template['elements']).flatMap((element) => listOf(element['buttons']));
  return [...own, ...ofElements].map(toButton);
}

/** A button or menu item of the Graph API as something to tap. */
export function toButton(raw: JsonObject): Button {
  const type = textOf(raw['type']) ?? '';
  const url = textOf(raw['url']);
  const payload = textOf(raw['payload']);
  return {
    type,
    title: textOf(raw['title']) ?? TITLES_OF_THE_PHONE[type] ?? '',
    ...(url === undefined ? {} : { url }),
    ...(payload === undefined ? {} : { payload }),
  };
}

/**
 * Quick replies as the person sees them: those that offer the person's own e-mail or phone number are filled in from
 * the account, like on a phone.
 */
export function toQuickReply(raw: JsonObject, personName: string): QuickReply {
  const imageUrl = textOf(raw['image_url']);
  const picture = imageUrl === undefined ? {} : { imageUrl };
  const type = textOf(raw['content_type']);
  if (type === 'user_email') {
    const email = `${splitName(personName).first_name.toLowerCase()}@example.com`;
    return { title: email, payload: email };
  }
  if (type === 'user_phone_number') return { title: '+12025550143', payload: '+12025550143' };
  return { title: textOf(raw['title']) ?? '', payload: textOf(raw['payload']) ?? '', ...picture };
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value)
    ? value.filter((item): item is JsonObject => typeof item === 'object' && item !== null)
    : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
