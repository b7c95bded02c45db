import type { Card } from '../domain/chat/channel';
import type { TextKey } from '../domain/chat/say';
import { GREETING, MENU_CHOICES } from './en/greeting';
import { LINKING } from './en/linking';
import { PAYMENT } from './en/payment';
import { SEND } from './en/send';
import { SUPPORT } from './en/support';
import { REQUEST } from './en/request';
import { SAFETY } from './en/safety';
import { SOURCES } from './en/sources';
import type { Text, Words } from './words';

export type { PaymentWords, RequestWords, SourceWords, Words } from './words';
export { MENU_CHOICES };
export { shown } from './money';

const EN = {
  ...GREETING,
  ...SEND,
  ...PAYMENT,
  ...REQUEST,
  ...SAFETY,
  ...SOURCES,
  ...SUPPORT,
  ...LINKING,
} satisfies Record<TextKey, unknown>;

/** Every language the bot speaks, by the first part of a locale. A market's language is one more folder of texts. */
const LOCALES = { en: EN };

/** Spoken to people whose language we do not have. */
const FALLBACK = 'en';

/** The facts a text needs, in the language of the locale (`en_US`). */
export function needsOf(key: TextKey, locale?: string): readonly (keyof Words)[] {
  return textOf(key, locale).needs;
}

/** The card for a key. `words` must hold what {@link needsOf} names. */
export function render(key: TextKey, words: Partial<Words>, locale?: string): Card {
  const text = textOf(key, locale);
  const missing = text.needs.filter((need) => words[need] === undefined);
  if (missing.length > 0) throw new TypeError(`text ${key} needs ${missing.join(', ')}`);
  return text.say(words as Words);
}

function textOf(key: TextKey, locale = FALLBACK): Text {
  const language = locale.slice(0, 2);
  const texts = LOCALES[Object.hasOwn(LOCALES, language) ? (language as keyof typeof LOCALES) : FALLBACK];
  return texts[key] as Text;
}
