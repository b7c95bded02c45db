import { ProviderFailure } from '../../domain/outcomes';

/**
 * What Messenger takes (Send API, templates, quick replies, personas and Messenger Profile references). Lengths are
 * counted in UTF-16 units, the strictest of the ways in which Messenger may count characters.
 */
export const LIMITS = {
  /** "Less than 2000 characters." */
  text: 1999,
  /** Text beside the buttons of a button template. */
  buttonText: 640,
  buttons: 3,
  buttonTitle: 20,
  /** Elements of a generic template, and their title and subtitle. */
  elements: 10,
  elementText: 80,
  receiptLines: 100,
  choices: 13,
  choiceTitle: 20,
  /** What may be put behind a button, a quick reply or a menu item. */
  payload: 1000,
  /** "Less than 1000 characters." */
  metadata: 999,
  personaName: 50,
  greeting: 160,
  menuItems: 20,
  menuTitle: 30,
} as const;

/** The refusal of what Messenger would not take, before any call; `limit` names the limit for whoever built the card. */
export function beyond(limit: string): ProviderFailure {
  return new ProviderFailure('final', 'invalid-request', { providerCode: `limit: ${limit}`, scope: 'message' });
}

/** The text, if there is any and it fits. @throws ProviderFailure naming the limit */
export function within(text: string, longest: number, what: string): string {
  if (text.trim() === '') throw beyond(`${what} must not be empty`);
  if (text.length > longest) throw beyond(`${what} of at most ${longest} characters`);
  return text;
}

/** The list, if it is not too long. @throws ProviderFailure naming the limit */
export function atMost<T>(list: readonly T[], most: number, what: string): readonly T[] {
  if (list.length > most) throw beyond(`at most ${most} ${what}`);
  return list;
}

/** The address, if a browser could open it. @throws ProviderFailure naming the limit */
export function webAddress(url: string, what: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw beyond(`${what} must be a web address`);
  return url;
}
