import type { Button, Card, Choice } from '../../../domain/chat/channel';
import { LIMITS, atMost, beyond, webAddress, within } from '../limits';
import { receiptTemplate } from './receipt';
import { cutTitle, splitText } from './words';

/** A message as the Send API takes it. */
export interface Message {
  text?: string;
  attachment?: { type: 'template'; payload: object };
  quick_replies?: object[];
}

/**
 * The card as one message of Messenger. Titles that are too long are cut at a word; anything else beyond a limit is an
 * error of whoever built the card.
 * @throws ProviderFailure `final`, naming the limit
 */
export function messageOf(card: Card): Message {
  switch (card.kind) {
    case 'text':
      return { text: within(card.text, LIMITS.text, 'text'), ...quickReplies(card.choices) };
    case 'buttons':
      return { attachment: template(buttonsTemplate(card.text, card.buttons)), ...quickReplies(card.choices) };
    case 'receipt':
      return { attachment: template(receiptTemplate(card)) };
  }
}

/** True when the text fits above a carousel: its elements have a title and a subtitle and nothing longer. */
export function fitsCarousel(text: string): boolean {
  return splitText(text, LIMITS.elementText).length <= 2;
}

const template = (payload: object) => ({ type: 'template' as const, payload });

/** Up to three buttons stand below their text; more of them become a carousel, three to an element. */
function buttonsTemplate(text: string, buttons: Button[]): object {
  if (buttons.length === 0) throw beyond('at least one button');
  if (buttons.length > LIMITS.buttons) return carousel(text, buttons);
  return {
    template_type: 'button',
    text: within(text, LIMITS.buttonText, 'text of a card with buttons'),
    buttons: buttons.map(buttonOf),
  };
}

function carousel(text: string, buttons: Button[]): object {
  atMost(buttons, LIMITS.buttons * LIMITS.elements, 'buttons');
  const [title, subtitle] = splitText(within(text, LIMITS.buttonText, 'text'), LIMITS.elementText);
  if (title === undefined || !fitsCarousel(text)) throw beyond('text of a carousel in a title and a subtitle');
  const groups = Array.from({ length: Math.ceil(buttons.length / LIMITS.buttons) }, (_, group) =>
    buttons.slice(group * LIMITS.buttons, (group + 1) * LIMITS.buttons),
  );
  const elements = groups.map((group) => ({
    title,
    ...(subtitle === undefined ? {} : { subtitle }),
    buttons: group.map(buttonOf),
  }));
  return { template_type: 'generic', elements };
}

function buttonOf(button: Button): object {
  switch (button.kind) {
    case 'reply':
      return { type: 'postback', ...titleAndPayload(button, LIMITS.buttonTitle, 'button') };
    case 'open': {
      const title = cutTitle(within(button.title, Infinity, 'title of a button'), LIMITS.buttonTitle);
      return { type: 'web_url', title, url: webAddress(button.url, 'address of a button') };
    }
    case 'log-in':
      return { type: 'account_link', url: webAddress(button.url, 'address of a log-in button') };
    case 'log-out':
      return { type: 'account_unlink' };
  }
}

function quickReplies(choices: Choice[] = []): Pick<Message, 'quick_replies'> {
  if (choices.length === 0) return {};
  const replies = atMost(choices, LIMITS.choices, 'choices').map((choice) => ({
    content_type: 'text',
    ...titleAndPayload(choice, LIMITS.choiceTitle, 'choice'),
  }));
  return { quick_replies: replies };
}

/** Title and payload of something to tap, the title cut to its limit. @throws ProviderFailure naming the limit */
export function titleAndPayload(choice: Choice, longest: number, what: string): Choice {
  return {
    title: cutTitle(within(choice.title, Infinity, `title of a ${what}`), longest),
    payload: within(choice.payload, LIMITS.payload, `payload of a ${what}`),
  };
}
