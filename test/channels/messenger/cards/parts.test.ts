import fc from 'fast-check';
import { partsOf } from '../../../../src/channels/messenger/cards/parts';
import { messageOf } from '../../../../src/channels/messenger/cards/templates';
import type { Button, Card } from '../../../../src/domain/chat/channel';

const reply = (n: number): Button => ({ kind: 'reply', title: `Option ${n}`, payload: `option:${n}` });
const buttons = (count: number) => Array.from({ length: count }, (_, n) => reply(n));
const choices = [{ title: 'Yes', payload: 'yes' }];
const sentence = 'This sentence has some words. ';

test('a short card is its own only part', () => {
  const card: Card = { kind: 'text', text: 'Hello', choices };
  expect(partsOf(card)).toEqual([card]);
});

test('a long text is split, and its choices stay on the last part', () => {
  const parts = partsOf({ kind: 'text', text: sentence.repeat(100), choices });
  expect(parts).toHaveLength(2);
  expect(parts[0]).not.toHaveProperty('choices');
  expect(parts[1]).toMatchObject({ kind: 'text', choices });
});

test('a long text with buttons goes ahead as text, and its end keeps the buttons', () => {
  const parts = partsOf({ kind: 'buttons', text: sentence.repeat(40), buttons: buttons(2), choices });
  expect(parts.map(({ kind }) => kind)).toEqual(['text', 'buttons']);
  expect(parts[1]).toMatchObject({ buttons: buttons(2), choices });
});

test('a long text with many buttons goes ahead as text, and the carousel keeps its beginning as title', () => {
  const parts = partsOf({ kind: 'buttons', text: sentence.repeat(10), buttons: buttons(5) });
  expect(parts[0]).toEqual({ kind: 'text', text: sentence.repeat(10).trim() });
  expect(parts[1]).toMatchObject({
    text: 'This sentence has some words. This sentence has some words. This sentence has…',
  });
});

test('an empty card stays as it is, so that sending it says what is wrong', () => {
  expect(partsOf({ kind: 'text', text: ' ' })).toEqual([{ kind: 'text', text: ' ' }]);
  expect(partsOf({ kind: 'buttons', text: '', buttons: buttons(1) })).toHaveLength(1);
});

test('whatever the text, every part fits and no word is lost', () => {
  const words = (cards: Card[]) =>
    cards
      .map((card) => ('text' in card ? card.text : ''))
      .join('')
      .replace(/\s+/g, '');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9_000 }).filter((text) => text.trim() !== ''),
      fc.integer({ min: 0, max: 3 }),
      (text, count) => {
        const card: Card = count === 0 ? { kind: 'text', text } : { kind: 'buttons', text, buttons: buttons(count) };
        const parts = partsOf(card);
        for (const part of parts) messageOf(part);
        expect(words(parts)).toBe(text.replace(/\s+/g, ''));
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});
