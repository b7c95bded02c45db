import fc from 'fast-check';
import { cutTitle, splitText } from '../../../../src/channels/messenger/cards/words';

const SEED = { seed: 20_261_124, numRuns: 2_000 };
const anyText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.lorem({ maxCount: 60 }));

describe('splitting a text', () => {
  test('cuts at the end of a sentence', () => {
    const text = 'First one. Second one! Third one is longer?';
    expect(splitText(text, 32)).toEqual(['First one. Second one!', 'Third one is longer?']);
  });

  test('takes a sentence that just fits', () => {
    expect(splitText('First one. Second.', 10)).toEqual(['First one.', 'Second.']);
  });

  test('cuts between words where a sentence is too long, and keeps an address whole', () => {
    expect(splitText('see https://example.com/a?b=c&d=e for more', 34)).toEqual([
      'see https://example.com/a?b=c&d=e',
      'for more',
    ]);
  });

  test('cuts at a line break and at the end of a sentence without spaces', () => {
    expect(splitText('Line one\nLine two', 12)).toEqual(['Line one', 'Line two']);
    expect(splitText('一二三。四五六。七八', 9)).toEqual(['一二三。四五六。', '七八']);
  });

  test('never cuts inside a character', () => {
    expect(splitText('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12)).toEqual(['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦']);
  });

  test('loses nothing but white space, keeps the order, and no piece is empty or too long', () => {
    const bare = (text: string) => text.replace(/\s+/g, '');
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 80 }), (text, longest) => {
        const pieces = splitText(text, longest);
        expect(bare(pieces.join(''))).toBe(bare(text));
        for (const piece of pieces) {
          expect(piece.trim()).not.toBe('');
          expect(piece.length).toBeLessThanOrEqual(longest);
          expect(piece.replace(/\p{Surrogate}/gu, '')).toBe(piece);
        }
      }),
      SEED,
    );
  });
});

describe('cutting a title', () => {
  test('leaves a title that fits', () => {
    expect(cutTitle('Talk to a person', 20)).toBe('Talk to a person');
  });

  test('keeps whole words before an ellipsis', () => {
    expect(cutTitle('Visa ending in 1234 (debit)', 20)).toBe('Visa ending in 1234…');
    expect(cutTitle('Bank of America checking', 20)).toBe('Bank of America…');
  });

  test('cuts inside a single long word, never inside a character', () => {
    expect(cutTitle('Donaudampfschifffahrtsgesellschaft', 20)).toBe('Donaudampfschifffah…');
    expect(cutTitle('👨‍👩‍👧‍👦'.repeat(3), 20)).toBe('👨‍👩‍👧‍👦…');
  });

  test('is never longer than the limit and never empty', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 80 }), (title, longest) => {
        const cut = cutTitle(title, longest);
        expect(cut.length).toBeLessThanOrEqual(longest);
        expect(cut === '').toBe(title.trim() === '');
      }),
      SEED,
    );
  });
});
