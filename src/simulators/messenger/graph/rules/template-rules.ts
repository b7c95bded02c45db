import type { JsonObject } from '../../people/message';
import { invalid, required, tooFew, tooLong, tooMany } from '../errors';
import { asList, asObject, asText, isWebAddress, lengthOf, requiredText } from './fields';
import {
  BUTTON_TEMPLATE_TEXT,
  BUTTON_TITLE,
  BUTTONS,
  ELEMENT_TEXT,
  GENERIC_ELEMENTS,
  PAYLOAD_LIMIT,
  RECEIPT_ELEMENTS,
} from './limits';

/** How the platform names a template's payload in its complaints. */
const NAME = 'name_placeholder';

/**
 * Checks a template the way the platform does, in its order and with its errors.
 * @throws GraphError the platform's refusal
 */
export function checkTemplate(payload: JsonObject): void {
  switch (payload['template_type']) {
    case 'button':
      return checkButtonTemplate(payload);
    case 'generic':
      return checkGenericTemplate(payload);
    case 'media':
      return checkMediaTemplate(payload);
    case 'receipt':
      return checkReceipt(payload);
    default:
      throw invalid('Invalid template type');
  }
}

function checkButtonTemplate(payload: JsonObject): void {
  limited(requiredText(payload['text'], `${NAME}[text]`), BUTTON_TEMPLATE_TEXT, `${NAME}[text]`);
  const buttons = asList(payload['buttons'], `${NAME}[buttons]`);
  if (buttons === undefined) throw required(`${NAME}[buttons]`);
  if (buttons.length === 0) throw invalid(`param ${NAME}[buttons] must be non-empty.`);
  checkButtons(buttons, `${NAME}[buttons]`);
}

function checkGenericTemplate(payload: JsonObject): void {
  const elements = elementsOf(payload, 1, GENERIC_ELEMENTS);
  elements.forEach((element, index) => {
    const at = `${NAME}[elements][${index}]`;
    const title = asText(element['title'], `${at}[title]`)?.trim();
    const others = ['image_url', 'subtitle', 'buttons'].some((key) => isFilled(element[key]));
    if (!title || !others) {
      throw invalid(
        'Incomplete element data: title and at least one other field (image url, subtitle or buttons) is required with non-empty value',
        2018035,
      );
    }
    limited(title, ELEMENT_TEXT, `${at}[title]`);
    limited(asText(element['subtitle'], `${at}[subtitle]`), ELEMENT_TEXT, `${at}[subtitle]`);
    checkButtons(asList(element['buttons'], `${at}[buttons]`) ?? [], `${at}[buttons]`);
  });
}

function checkMediaTemplate(payload: JsonObject): void {
  const [element] = elementsOf(payload, 1, 1);
  const at = `${NAME}[elements][0]`;
  const type = asText(element?.['media_type'], `${at}[media_type]`);
  if (type !== 'image' && type !== 'video') throw required(`${at}[media_type]`);
  const attachment = asText(element?.['attachment_id'], `${at}[attachment_id]`);
  const url = asText(element?.['url'], `${at}[url]`);
  if ((attachment === undefined) === (url === undefined)) throw invalid('Either attachment_id or url is required');
  checkButtons(asList(element?.['buttons'], `${at}[buttons]`) ?? [], `${at}[buttons]`);
}

function checkReceipt(payload: JsonObject): void {
  for (const key of ['recipient_name', 'order_number', 'currency', 'payment_method']) {
    requiredText(payload[key], `${NAME}[${key}]`);
  }
  const summary = asObject(payload['summary'], `${NAME}[summary]`);
  if (summary === undefined) throw required(`${NAME}[summary]`);
  requiredAmount(summary['total_cost'], `${NAME}[summary][total_cost]`);
  const elements = payload['elements'] === undefined ? [] : elementsOf(payload, 0, RECEIPT_ELEMENTS);
  elements.forEach((element, index) => {
    requiredText(element['title'], `${NAME}[elements][${index}][title]`);
    requiredAmount(element['price'], `${NAME}[elements][${index}][price]`);
  });
  const address = asObject(payload['address'], `${NAME}[address]`);
  if (address === undefined) return;
  for (const key of ['street_1', 'city', 'postal_code', 'state', 'country']) {
    requiredText(address[key], `${NAME}[address][${key}]`);
  }
}

function elementsOf(payload: JsonObject, least: number, most: number): JsonObject[] {
  const name = `${NAME}[elements]`;
  const elements = asList(payload['elements'], name);
  if (elements === undefined) throw required(name);
  if (elements.length < least) throw tooFew(name);
  if (elements.length > most) throw tooMany(name);
  return elements.map((element, index) => asObject(element, `${name}[${index}]`) ?? {});
}

/** Checks a list of buttons, or the items of a menu, which obey the same rules. */
export function checkButtons(buttons: unknown[], name: string, most = BUTTONS, titleLimit = BUTTON_TITLE): void {
  if (buttons.length > most) throw tooMany(name);
  buttons.forEach((raw, index) =>
    checkButton(asObject(raw, `${name}[${index}]`) ?? {}, `${name}[${index}]`, titleLimit),
  );
}

function checkButton(button: JsonObject, at: string, titleLimit: number): void {
  const type = asText(button['type'], `${at}[type]`);
  switch (type) {
    case undefined:
      throw required(`${at}[type]`);
    case 'postback':
      checkTitle(button, at, titleLimit);
      limited(
        filled(button['payload'], 'Payload cannot be empty for postback type button', 2018040),
        PAYLOAD_LIMIT,
        `${at}[payload]`,
      );
      return;
    case 'web_url':
      checkTitle(button, at, titleLimit);
      checkAddress(filled(button['url'], 'Web url cannot be empty for url type button', 2018041), at);
      return;
    case 'phone_number':
      checkTitle(button, at, titleLimit);
      if (!/^\+\d{5,15}$/.test(asText(button['payload'], `${at}[payload]`) ?? ''))
        throw invalid(`${at}[payload] should represent a valid phone number`);
      return;
    case 'account_link':
      checkAddress(filled(button['url'], 'Web url cannot be empty for url type button', 2018041), at);
      return;
    case 'account_unlink':
      return;
    default:
      throw invalid(`Param ${at}[type] must be one of {postback, web_url, phone_number, account_link, account_unlink}`);
  }
}

function checkTitle(button: JsonObject, at: string, limit: number): void {
  const title = asText(button['title'], `${at}[title]`);
  if (title === undefined) throw invalid('Element button title cannot be empty.', 2018053);
  limited(requiredText(title, `${at}[title]`), limit, `${at}[title]`);
}

function checkAddress(url: string, at: string): void {
  if (!isWebAddress(url)) throw invalid(`${at}[url] should represent a valid URL`);
}

function filled(value: unknown, complaint: string, subcode: number): string {
  const text = typeof value === 'string' ? value : '';
  if (text === '') throw invalid(complaint, subcode);
  return text;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}

function requiredAmount(value: unknown, parameter: string): void {
  const text = asText(value, parameter);
  if (text === undefined || text === '' || !Number.isFinite(Number(text))) throw required(parameter);
}

function limited(text: string | undefined, limit: number, parameter: string): void {
  if (text !== undefined && lengthOf(text) > limit) throw tooLong(parameter, limit);
}
