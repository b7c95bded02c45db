import type { Card } from '../../../domain/chat/channel';
import { LIMITS } from '../limits';
import { fitsCarousel } from './templates';
import { cutTitle, splitText } from './words';

type TextCard = Extract<Card, { kind: 'text' }>;
type ButtonCard = Extract<Card, { kind: 'buttons' }>;

/** The card as the one or more messages it takes, in order; what can be tapped stays on the last. */
export function partsOf(card: Card): Card[] {
  switch (card.kind) {
    case 'text':
      return textParts(card);
    case 'buttons':
      return card.buttons.length > LIMITS.buttons ? carouselParts(card) : buttonParts(card);
    case 'receipt':
      return [card];
  }
}

function textParts(card: TextCard): Card[] {
  const pieces = splitText(card.text, LIMITS.text);
  const last = pieces.at(-1);
  // An empty text stays as it is: sending it is refused, dropping it would hide the mistake.
  return last === undefined ? [card] : [...pieces.slice(0, -1).map(asText), { ...card, text: last }];
}

function buttonParts(card: ButtonCard): Card[] {
  const last = splitText(card.text, LIMITS.buttonText).at(-1);
  if (last === undefined) return [card];
  const before = card.text.trimEnd().slice(0, -last.length);
  return [...splitText(before, LIMITS.text).map(asText), { ...card, text: last }];
}

function carouselParts(card: ButtonCard): Card[] {
  if (fitsCarousel(card.text)) return [card];
  return [...splitText(card.text, LIMITS.text).map(asText), { ...card, text: cutTitle(card.text, LIMITS.elementText) }];
}

function asText(text: string): TextCard {
  return { kind: 'text', text };
}
